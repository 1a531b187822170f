/** A piece of a text that a link takes the place of; an empty one: the link is put in. */
export interface Citation {
  readonly from: number;
  readonly to: number;
  readonly url: unknown;
  readonly title: unknown;
}

/** The text with its citations as Markdown links. One without an address is only taken out. */
export function withLinks(text: string, citations: readonly Citation[]): string {
  let linked = '';
  let at = 0;
  for (const { from, to, url, title } of citations.toSorted(
    (one, other) => one.from - other.from,
  )) {
    if (from < at || to > text.length || from > to) continue;
    linked += text.slice(at, from) + markdownLink(url, title);
    at = to;
  }
  return linked + text.slice(at);
}

/** ' ([title](url))'; '' if it is not a web address. */
export function markdownLink(url: unknown, title: unknown): string {
  const address = webAddress(url);
  if (address === null) return '';
  const name = typeof title === 'string' && title.trim() !== '' ? title : address.hostname;
  const words = name.replace(/\s+/g, ' ').replace(/[\\[\]]/g, String.raw`\$&`);
  return ` ([${words}](${address.href.replaceAll('(', '%28').replaceAll(')', '%29')}))`;
}

function webAddress(url: unknown): URL | null {
  if (typeof url !== 'string' || !URL.canParse(url)) return null;
  const address = new URL(url);
  return ['http:', 'https:'].includes(address.protocol) ? address : null;
}
