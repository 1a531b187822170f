const LINK = /^(?:https?:\/\/|mailto:)/i;
const RASTER = /^data:image\/(?:png|jpe?g|gif|webp|avif);base64,[a-z0-9+/=]+$/i;

/** The URL if a link may use it, otherwise null, also for relative URLs: a reply must not link to this app's pages. */
export function safeLink(url: string): string | null {
  if (!LINK.test(url)) return null;
  return URL.canParse(url) ? url : null;
}

/** The data URL of an image if it can neither run nor load anything, otherwise null. */
export function inlineImage(url: string): string | null {
  return RASTER.test(url) ? url : null;
}

export function hostOf(url: string): string | null {
  return URL.canParse(url) ? new URL(url).host || null : null;
}

/** Keeps URLs, because the elements check them. */
export function keepUrl(url: string): string {
  return url;
}
