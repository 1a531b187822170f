import type { Fields } from './conversation';
import { markdownLink } from './links';
import { fieldsOf, listOf, nameOf, textOf } from './unknown-fields';

/** The marks that ChatGPT writes around what its page draws in another way. */
const MARKED = /\uE200[^\uE200\uE201]{0,2000}\uE201/g;
const PRIVATE = /[\uE200-\uF8FF]/g;
/** An older mark, such as 【12†source】. */
const SOURCE = /【[^【】]{0,200}】/g;
const SANDBOX = /\[([^[\]]{1,500})\]\(sandbox:[^()\s]{1,1000}\)/g;
const WRITING = /^:::(?:writing)?(?:\{[^{}\n]{0,1000}\})?[ \t]*$/gm;

/** Citations become links; what has no address, and marks that only ChatGPT's page understands, are taken out. */
export function withCitations(text: string, metadata: Fields): string {
  const links = linksByMark(metadata);
  const found = (mark: string) => links.get(mark) ?? '';
  return text
    .replace(MARKED, found)
    .replace(SOURCE, (mark) => (links.has(mark) || mark.includes('†') ? found(mark) : mark))
    .replace(PRIVATE, '')
    .replace(SANDBOX, '$1')
    .replace(WRITING, '');
}

function linksByMark(metadata: Fields): Map<string, string> {
  const links = new Map<string, string>();
  for (const reference of listOf(metadata['content_references']).map(fieldsOf)) {
    const mark = nameOf(reference['matched_text']);
    if (mark !== null) links.set(mark, linksOf(reference));
  }
  for (const citation of listOf(metadata['citations']).map(fieldsOf)) {
    const { title, url, extra } = fieldsOf(citation['metadata']);
    const { cited_message_idx: index, evidence_text: evidence } = fieldsOf(extra);
    if (typeof index === 'number')
      links.set(`【${String(index)}†${textOf(evidence)}】`, markdownLink(url, title));
  }
  return links;
}

/** One mark may name several pages. */
function linksOf(reference: Fields): string {
  const items = listOf(reference['items']).map(fieldsOf);
  const pages = items.length > 0 ? items : [reference];
  return pages.map(({ url, title }) => markdownLink(url, title)).join('');
}
