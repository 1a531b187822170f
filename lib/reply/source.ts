import type { Entry } from './entry';

/** A page that a reply cites. */
export interface Source {
  readonly url: string;
  /** Null: the upstream sent none. */
  readonly title: string | null;
}

/** Searches return ten to fifty pages. More would make a reply's row as large as its upstream likes. */
export const SOURCES_MAX = 100;

/** Longer addresses do not open everywhere. */
export const URL_MAX = 2048;
const TITLE_MAX = 200;

/** What an upstream sent as a source, within its limits; null if it is no web page, or its address is too long. */
export function readSource(url: unknown, title: unknown): Source | null {
  const source = typeof url === 'string' && url.length <= URL_MAX ? sourceAt(url, title) : null;
  if (source === null || source.url.length > URL_MAX) return null;
  return { ...source, title: source.title && shortTitle(source.title) };
}

/** Its address is normalized; null unless it is http or https, since a browser runs others as code. */
export function sourceAt(url: unknown, title: unknown): Source | null {
  const parsed = typeof url === 'string' && URL.canParse(url) ? new URL(url) : null;
  if (parsed?.protocol !== 'https:' && parsed?.protocol !== 'http:') return null;
  return { url: parsed.href, title: typeof title === 'string' ? title : null };
}

function shortTitle(title: string): string | null {
  const words = title
    .slice(0, TITLE_MAX * 4)
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  const short = words.length > TITLE_MAX ? `${words.slice(0, TITLE_MAX - 1)}…` : words;
  // Half a character cannot be stored.
  return short.replace(/[\uD800-\uDBFF](?=…?$)/, '').toWellFormed() || null;
}

/** As the entry holds it. */
export const sourceText = ({ url, title }: Source): string => JSON.stringify({ url, title });

/** The source that an entry holds; null for other kinds, and for what cannot be read as one. */
export function sourceIn({ kind, text }: Pick<Entry, 'kind' | 'text'>): Source | null {
  if (kind !== 'source') return null;
  try {
    const { url, title } = JSON.parse(text) as { url?: unknown; title?: unknown };
    return sourceAt(url, title);
  } catch {
    return null;
  }
}

export const sourcesOf = (entries: readonly Entry[]): readonly Source[] =>
  entries.map(sourceIn).filter((source) => source !== null);

/** Tells which sources are new to a reply: each address once, and so many at most. */
export function newSources(reply: readonly Entry[] = []): (source: Source) => boolean {
  const seen = new Set(sourcesOf(reply).map(({ url }) => url));
  return ({ url }) => {
    if (seen.has(url) || seen.size >= SOURCES_MAX) return false;
    seen.add(url);
    return true;
  };
}
