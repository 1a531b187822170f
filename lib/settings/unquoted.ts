/**
 * What somebody meant by a value with quotes around it: `docker run --env-file` and systemd hand them over with the rest.
 * Quotes that are not a pair, as in `"a","b"`, stay.
 */
export function unquoted(value: string): string {
  const [, quote = '', inside = ''] = /^(["'])([^]*)\1$/.exec(value.trim()) ?? [];
  return quote === '' || inside.includes(quote) ? value.trim() : inside;
}
