/**
 * Strips quotes around a value, which `docker run --env-file` and systemd pass on. Quotes that are not one pair, as in
 * `"a","b"`, stay.
 */
export function unquoted(value: string): string {
  const [, quote = '', inside = ''] = /^(["'])([^]*)\1$/.exec(value.trim()) ?? [];
  return quote === '' || inside.includes(quote) ? value.trim() : inside;
}
