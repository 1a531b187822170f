export const THEME_COOKIE = 'ask_theme';
export const TIME_ZONE_COOKIE = 'ask_tz';

const YEAR_SECONDS = 31_536_000;

/** Remembers something that the server needs to draw the page right the first time. */
export function rememberForServer(name: string, value: string | null): void {
  const lasts = value === null ? 0 : YEAR_SECONDS;
  document.cookie = `${name}=${encodeURIComponent(value ?? '')}; Path=/; SameSite=Lax; Max-Age=${String(lasts)}`;
}
