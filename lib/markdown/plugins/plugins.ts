import { type Schema, sanitize } from 'hast-util-sanitize';
import type { Root } from 'hast';
import remarkCjkFriendly from 'remark-cjk-friendly';
import remarkCjkFriendlyStrikethrough from 'remark-cjk-friendly-gfm-strikethrough';
import remarkGfm from 'remark-gfm';
import type { PluggableList } from 'unified';
import { modelSyntax } from '@/lib/markdown/syntax/plugin';

const TWO_TILDES = { singleTilde: false };

/** The remark plugins that parse Markdown. */
export const readers = (streaming: boolean): PluggableList => [
  [remarkGfm, TWO_TILDES],
  remarkCjkFriendly,
  [remarkCjkFriendlyStrikethrough, TWO_TILDES],
  [modelSyntax, { streaming }],
];

const TAGS =
  'a blockquote br code del details div em h1 h2 h3 h4 h5 h6 hr img input ins kbd li mark ol p pre small strong sub summary sup table tbody td th thead tr u ul var';

/** Everything a text can become. Elements also check URLs. */
const ALLOWED: Schema = {
  allowComments: false,
  allowDoctypes: false,
  ancestors: {},
  attributes: {
    a: ['href'],
    code: [['className', /^language-/]],
    details: ['dir'],
    div: [['className', 'md-callout', /^md-(?:note|tip|important|warning|caution)$/], 'dir'],
    img: ['src', 'alt'],
    input: ['type', 'checked', 'disabled'],
    li: [['className', 'task-list-item']],
    ol: ['start', ['className', 'contains-task-list']],
    p: [['className', 'md-callout-title']],
    sup: ['dataNote', 'dataFirst', 'dataDefined'],
    td: ['align'],
    th: ['align'],
    ul: [['className', 'contains-task-list']],
  },
  clobber: [],
  protocols: { href: ['http', 'https', 'mailto'], src: ['http', 'https', 'data'] },
  required: {},
  strip: [],
  tagNames: TAGS.split(' '),
};

/** Sanitises the tree, whatever earlier plugins made. */
export function allowed() {
  return (tree: Root): Root => sanitize(tree, ALLOWED) as Root;
}
