const LINK = /^(?:https?:\/\/|mailto:)/i;
const RASTER = /^data:image\/(?:png|jpe?g|gif|webp|avif);base64,[a-z0-9+/=]+$/i;

/** An address that a link may lead to, null for everything else, relative ones too: a reply knows no page of ours. */
export function safeLink(url: string): string | null {
  if (!LINK.test(url)) return null;
  return URL.canParse(url) ? url : null;
}

/** An image that is in the text itself and can neither run nor load anything. */
export function inlineImage(url: string): string | null {
  return RASTER.test(url) ? url : null;
}

export function hostOf(url: string): string | null {
  return URL.canParse(url) ? new URL(url).host || null : null;
}

/** Lets through what the elements check themselves. */
export function keepUrl(url: string): string {
  return url;
}
