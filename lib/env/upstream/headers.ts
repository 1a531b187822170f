type Headers = Readonly<Record<string, string>>;

const TOKEN = "[\\w!#$%&'*+.^`|~-]+";
/** A comma ends a value only before another name, since values may contain commas. */
const NEXT_PAIR = new RegExp(`\\s*[,\\n]\\s*(?=${TOKEN}\\s*:)`);
const PAIR = new RegExp(`^(${TOKEN})\\s*:\\s*(.*)$`, 's');
const VALUE = /^[\t\x20-\x7e\xa0-\xff]*$/;

/** Headers of the connection or the body, which the HTTP client sets itself. */
const OURS = new Set([
  'connection',
  'content-length',
  'content-type',
  'expect',
  'host',
  'keep-alive',
  'te',
  'transfer-encoding',
  'upgrade',
]);

/** Parses comma-separated `name: value` pairs or a JSON object. `mistake` is a sentence without any value. */
export function readHeaders(text: string): { headers: Headers } | { mistake: string } {
  const pairs = text.startsWith('{') ? pairsOfJson(text) : pairsOf(text);
  if (!pairs)
    return { mistake: 'must be name: value pairs, comma separated, or a JSON object of texts' };
  for (const [name, value] of pairs) {
    if (!new RegExp(`^${TOKEN}$`).test(name)) return { mistake: 'must have names of headers' };
    if (OURS.has(name.toLowerCase())) return { mistake: `must not set ${name.toLowerCase()}` };
    if (!VALUE.test(value))
      return { mistake: `must have a value of one line of Latin letters for ${name}` };
  }
  return { headers: Object.fromEntries(pairs) };
}

type Pairs = readonly (readonly [string, string])[];

function pairsOf(text: string): Pairs | null {
  const found = text.split(NEXT_PAIR).map((pair) => PAIR.exec(pair.trim()));
  if (found.includes(null)) return null;
  return found.map((match) => [match?.[1] ?? '', match?.[2] ?? ''] as const);
}

function pairsOfJson(text: string): Pairs | null {
  try {
    const value = JSON.parse(text) as object;
    const pairs = Object.entries(value) as [string, unknown][];
    return pairs.every((pair): pair is [string, string] => typeof pair[1] === 'string')
      ? pairs
      : null;
  } catch (malformed) {
    if (malformed instanceof SyntaxError) return null;
    throw malformed;
  }
}
