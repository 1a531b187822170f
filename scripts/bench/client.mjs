/** Opens concurrent streams in a process of its own, repeats when all have ended, and prints the measurements. */
import { Agent, request as ask } from 'node:http';

const { url, headers, bodies, repeat } = JSON.parse(process.argv[2]);
const agent = new Agent({ keepAlive: true, maxSockets: Infinity });
const now = () => performance.timeOrigin + performance.now();

function stream(body) {
  return new Promise((resolve, reject) => {
    const startedAt = now();
    const seen = { firstMs: null, delays: [], tokens: 0 };
    const request = ask(url, {
      agent,
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
    });
    request.on('error', reject);
    request.on('response', (response) => {
      if (response.statusCode !== 200) reject(new Error(`status ${response.statusCode}`));
      response.setEncoding('utf8');
      response.on('data', (text) => {
        const at = now();
        for (const [sentAt] of text.matchAll(/\d{13}\.\d\d/g)) {
          seen.firstMs ??= at - startedAt;
          seen.delays.push(at - Number(sentAt));
          seen.tokens += 1;
        }
      });
      response.on('end', () => resolve(seen));
    });
    request.end(body);
  });
}

const all = [];
for (let round = 0; round < repeat; round += 1)
  all.push(...(await Promise.all(bodies.map(stream))));
const sorted = (values) => values.toSorted((a, b) => a - b);
const middle = (values) => sorted(values)[Math.floor(values.length / 2)];
console.log(
  JSON.stringify({
    firstMs: middle(all.map(({ firstMs }) => firstMs)),
    delayMs: middle(all.flatMap(({ delays }) => delays)),
    tokens: all.reduce((sum, { tokens }) => sum + tokens, 0),
  }),
);
