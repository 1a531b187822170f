/** The minimal relay in Node: re-frames each token of the upstream, and stores nothing. */
import { Agent, createServer, request as ask } from 'node:http';

const upstream = new URL(process.argv[2]);
const agent = new Agent({ keepAlive: true, maxSockets: Infinity });

const server = createServer((request, response) => {
  const upstreamRequest = ask({
    agent,
    hostname: upstream.hostname,
    port: upstream.port,
    path: '/v1/chat/completions',
    method: 'POST',
    headers: { 'content-type': 'application/json' },
  });
  upstreamRequest.on('response', (answer) => {
    let rest = '';
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    answer.setEncoding('utf8');
    answer.on('data', (text) => {
      const events = (rest + text).split('\n\n');
      rest = events.pop();
      let frames = '';
      for (const event of events) {
        const data = event.slice(6);
        if (data === '[DONE]') frames += 'data: {"done":true}\n\n';
        else {
          const token = JSON.parse(data).choices[0].delta.content;
          if (token !== undefined) frames += `data: ${JSON.stringify({ token })}\n\n`;
        }
      }
      if (frames) response.write(frames);
    });
    answer.on('end', () => response.end());
  });
  request.pipe(upstreamRequest);
  response.on('close', () => upstreamRequest.destroy());
});
server.listen(0, '127.0.0.1', () =>
  console.log(`ready on http://127.0.0.1:${server.address().port}`),
);
