const YEAR_SECONDS = 31_536_000;

/** Remembers something that the server needs to draw the page right the first time. */
export function rememberForServer(name: string, value: string | null): void {
  document.cookie = cookieLine(name, value, window.location.protocol === 'https:');
}

export function cookieLine(name: string, value: string | null, https: boolean): string {
  const lasts = value === null ? 0 : YEAR_SECONDS;
  const attributes = ['Path=/', 'SameSite=Lax', `Max-Age=${String(lasts)}`];
  if (https) attributes.push('Secure');
  return [`${name}=${encodeURIComponent(value ?? '')}`, ...attributes].join('; ');
}
