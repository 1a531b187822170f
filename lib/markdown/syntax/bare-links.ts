import type { Link, PhrasingContent } from 'mdast';

/** Punctuation that ends or continues a sentence in Chinese, Japanese and Korean, and is not used in URLs. */
const SENTENCE =
  /[\u3000-\u3003\u3008-\u3011\u3014-\u301B\uFF01\uFF08\uFF09\uFF0C\uFF1A\uFF1B\uFF1F\uFF5B\uFF5D\uFF5E\uFF61\uFF64“”‘’…]/;
/** Right after a name of a host, or as a particle of Korean or Japanese right after a path, letters are the sentence's. */
const HOST = /^(?:https?:\/\/|www\.)[\w.-]+(?::\d+)?(?=\P{ASCII})/iu;
const PARTICLE =
  /(?<=[\w/])(?:에서|에게|에|를|을|은|는|이|가|의|와|과|로|으로|도|만|부터|까지|を|は|が|に|で|の|と|も|から|まで|へ|的)$/;
const ADDRESS = /https?:\/\/[^\s<]+/gi;

/** Ends an autolink where the sentence continues; what follows may contain another one. */
export function withEnd(link: Link): readonly PhrasingContent[] {
  const [child] = link.children;
  if (child?.type !== 'text' || link.children.length > 1) return [link];
  const { value } = child;
  const prefix = link.url.slice(0, link.url.length - value.length);
  if (prefix + value !== link.url) return [link];
  const end = endOf(value);
  if (end < value.length)
    return [
      ...withEnd(linkTo(prefix + value.slice(0, end), value.slice(0, end))),
      ...linked(value.slice(end)),
    ];
  if (!SENTENCE.test(value)) return [link];
  const pieces = value.split(new RegExp(`(${SENTENCE.source}+)`));
  return pieces.flatMap((piece, at): PhrasingContent[] => {
    if (at === 0) return piece === '' ? [] : [linkTo(prefix + piece, piece)];
    return at % 2 === 1 ? [{ type: 'text', value: piece }] : linked(piece);
  });
}

function endOf(value: string): number {
  const host = HOST.exec(value)?.[0].length ?? value.length;
  return Math.min(host, PARTICLE.exec(value)?.index ?? value.length);
}

function linked(text: string): PhrasingContent[] {
  const found: PhrasingContent[] = [];
  let from = 0;
  for (const { 0: url, index } of text.matchAll(ADDRESS)) {
    if (index > from) found.push({ type: 'text', value: text.slice(from, index) });
    found.push(linkTo(url, url));
    from = index + url.length;
  }
  if (from < text.length) found.push({ type: 'text', value: text.slice(from) });
  return found;
}

const linkTo = (url: string, words: string): Link => ({
  type: 'link',
  url,
  children: [{ type: 'text', value: words }],
});
