const YEAR_SECONDS = 31_536_000;

/** Stores a value in a cookie, so that the server can render the page right the first time. Null deletes it. */
export function rememberForServer(name: string, value: string | null): void {
  document.cookie = cookieLine(name, value, window.location.protocol === 'https:');
}

export function cookieLine(name: string, value: string | null, https: boolean): string {
  const lasts = value === null ? 0 : YEAR_SECONDS;
  const attributes = ['Path=/', 'SameSite=Lax', `Max-Age=${String(lasts)}`];
  if (https) attributes.push('Secure');
  return [`${name}=${encodeURIComponent(value ?? '')}`, ...attributes].join('; ');
}
