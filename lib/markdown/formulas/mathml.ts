import type { Element, Root } from 'hast';
import { type Schema, sanitize } from 'hast-util-sanitize';
import katex from 'katex';
// oxlint-disable-next-line import/no-unassigned-import -- it adds the commands of chemistry to KaTeX
import 'katex/contrib/mhchem';

/** Limits: characters of a formula, and macro expansions. */
export const MAX_FORMULA = 2_000;
const MAX_EXPANSIONS = 1_000;
const MAX_DEPTH = 60;
/** Macros could expand a short formula to a huge one. */
const DEFINES =
  /\\(?:[egx]?def|let|futurelet|global|long|(?:re)?newcommand|providecommand)(?![a-zA-Z])/;

const TAG = /<(\/?)([a-z]+)((?: [\w:-]+ ?="[^"<>]*")*)>|([^<>]+)/g;
const ATTRIBUTE = / ([\w:-]+) ?="([^"]*)"/g;
const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#x27;': "'",
};

const TAGS =
  'math semantics annotation mrow mi mn mo ms mtext mspace mfrac msqrt mroot mstyle mpadded mphantom menclose msub msup msubsup munder mover munderover mmultiscripts mtable mtr mtd mlabeledtr mprescripts none';

const ALLOWED: Schema = {
  ancestors: {},
  attributes: {
    '*': [
      ...'accent accentunder columnalign columnlines columnspacing depth display displaystyle encoding fence height'.split(
        ' ',
      ),
      ...'largeop linebreak linethickness lspace mathbackground mathcolor mathsize mathvariant maxsize minsize'.split(
        ' ',
      ),
      ...'movablelimits notation rowalign rowlines rowspacing rspace scriptlevel separator stretchy symmetric voffset width'.split(
        ' ',
      ),
    ],
  },
  clobber: [],
  protocols: {},
  required: {},
  strip: [],
  tagNames: TAGS.split(' '),
};

/** A formula as MathML; null when it is invalid, too long, or too expensive. */
export function mathml(tex: string, display: boolean): Root | null {
  if (tex.length > MAX_FORMULA || DEFINES.test(tex) || depthOf(tex) > MAX_DEPTH) return null;
  try {
    const markup = katex.renderToString(tex, {
      output: 'mathml',
      displayMode: display,
      trust: false,
      strict: 'ignore',
      throwOnError: true,
      maxExpand: MAX_EXPANSIONS,
      maxSize: 20,
    });
    return sanitize(treeOf(markup), ALLOWED) as Root;
  } catch {
    return null;
  }
}

function depthOf(tex: string): number {
  let depth = 0;
  let most = 0;
  for (const mark of tex.match(/\\left(?![a-z])|\\right(?![a-z])|\\begin|\\end|[{}]/g) ?? []) {
    depth += mark === '}' || mark === '\\right' || mark === '\\end' ? -1 : 1;
    most = Math.max(most, depth);
  }
  return most;
}

/** KaTeX emits well-formed markup and escapes texts, so this small reader is enough. */
function treeOf(markup: string): Root {
  const root: Root = { type: 'root', children: [] };
  const open: (Root | Element)[] = [root];
  for (const [, slash, tagName, attributes = '', text] of markup.matchAll(TAG)) {
    const parent = open.at(-1) ?? root;
    if (text !== undefined) parent.children.push({ type: 'text', value: unescaped(text) });
    else if (slash) open.pop();
    else if (tagName !== undefined) {
      const element: Element = {
        type: 'element',
        tagName,
        properties: propertiesOf(attributes),
        children: [],
      };
      parent.children.push(element);
      open.push(element);
    }
  }
  return root;
}

const propertiesOf = (attributes: string): Element['properties'] =>
  Object.fromEntries(
    [...attributes.matchAll(ATTRIBUTE)].map(([, name, value = '']) => [name, unescaped(value)]),
  );

const unescaped = (text: string): string =>
  text.replace(/&(?:amp|lt|gt|quot|#x27);/g, (entity) => ENTITIES[entity] ?? entity);
