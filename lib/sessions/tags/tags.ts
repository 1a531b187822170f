/** The most tags of a session, and the most code points of a tag. */
export const TAGS_MAX = 10;
export const TAG_MAX = 40;

/** A tag as it is stored: on one line, without spaces at its ends. */
export const tidyTag = (text: string): string => text.replace(/\s+/gu, ' ').trim();

/** Equal for tags that differ at most in upper and lower case. */
export const foldedTag = (tag: string): string => tag.toLowerCase();
export const isSameTag = (one: string, other: string): boolean =>
  foldedTag(one) === foldedTag(other);

/** A tag in the spelling of the first of these that is the same; as given if none is. */
export const spelledAs = (tags: readonly string[], tag: string): string =>
  tags.find((other) => isSameTag(tag, other)) ?? tag;

/** Without those that differ from an earlier one in case only. */
export const withoutDoubles = (tags: readonly string[]): string[] =>
  tags.filter((tag, at) => tags.findIndex((other) => isSameTag(tag, other)) === at);

export interface TagEdit {
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

/** Those that stay, in their order, and then the new ones. */
export function editTags(tags: readonly string[], { add, remove }: TagEdit): string[] {
  const kept = tags.filter((tag) => !remove.some((other) => isSameTag(tag, other)));
  return withoutDoubles([...kept, ...add]);
}

/** A tag is on one line, so lines hold a list of them. */
const LINE = '\n';
const framed = (text: string): string => LINE + text + LINE;

/** How the store writes tags: each between two line breaks, '' for none. */
export const writeTags = (tags: readonly string[]): string =>
  tags.length === 0 ? '' : framed(tags.join(LINE));
export const readTags = (text: string): string[] => text.split(LINE).filter((tag) => tag !== '');
/** What is in the written text of exactly the lists that have this tag. */
export const writtenTag = framed;
