/** A lean upstream for the bench: tokens at a steady rate, each with the time at which it was sent. */
import { createServer } from 'node:http';

const TOKENS = Number(process.argv[2] ?? 200);
const EVERY_MS = Number(process.argv[3] ?? 20);

const chunk = (delta, finish = null) =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;

const server = createServer((request, response) => {
  request.resume();
  request.on('end', () => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    let sent = 0;
    const timer = setInterval(() => {
      sent += 1;
      // A fixed width, so that a token can be told from its neighbours when several are joined.
      response.write(
        chunk({ content: `${(performance.timeOrigin + performance.now()).toFixed(2)} ` }),
      );
      if (sent < TOKENS) return;
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
