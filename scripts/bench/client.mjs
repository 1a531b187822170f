/** Opens concurrent streams in a process of its own, repeats when all have ended, and prints the measurements. */
import { Agent, request as ask } from 'node:http';
import { agesIn } from './time-word.mjs';

const { url, headers, bodies, repeat } = JSON.parse(process.argv[2]);
const agent = new Agent({ keepAlive: true, maxSockets: Infinity });

function stream(body) {
  return new Promise((resolve, reject) => {
    const startedAt = performance.now();
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
        for (const age of agesIn(text)) {
          seen.firstMs ??= performance.now() - startedAt;
          seen.delays.push(age);
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
