/** A lean upstream for the bench: tokens at a steady rate, each with its time of sending. gpt-4 gives short replies. */
import { createServer } from 'node:http';
import { wordOfNow } from './time-word.mjs';

const [LONG, SHORT, EVERY_MS] = process.argv.slice(2).map(Number);

const chunk = (delta, finish = null) =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;

const server = createServer((request, response) => {
  let body = '';
  request.on('data', (text) => (body += text));
  request.on('end', () => {
    const tokens = body.includes('"gpt-4"') ? SHORT : LONG;
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    let sent = 0;
    const timer = setInterval(() => {
      sent += 1;
      response.write(chunk({ content: wordOfNow() }));
      if (sent < tokens) return;
      clearInterval(timer);
      response.end(`${chunk({}, 'stop')}data: [DONE]\n\n`);
    }, EVERY_MS);
    response.on('close', () => clearInterval(timer));
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () =>
  console.log(`ready on http://127.0.0.1:${server.address().port}`),
);
