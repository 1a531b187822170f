import type { Html, Nodes, PhrasingContent, Root, RootContent } from 'mdast';
import type { Plugin } from 'unified';
import { formulaIn } from '@/lib/markdown/formulas/delimiters';
import { withEnd } from './bare-links';
import { asCallout } from './callouts';
import { withoutCitations } from './citations';
import { syntax, syntaxTree } from './extensions';
import { withFolds } from '@/lib/markdown/folds/folds';
import { withMarks } from './highlights';
import { asWritten } from './identifiers';
import { withInlineTags } from './inline-tags';
import { withBreaks, withoutEmptyLines } from './line-breaks';
import { changeChildren } from './walk';

declare module 'mdast' {
  interface HtmlData {
    kind?: 'formula' | 'display' | 'fold' | 'mark';
    /** Whether a mark may start or end a highlight. */
    opens?: boolean;
    closes?: boolean;
  }
  interface BreakData {
    /** It was written as `<hr>`. */
    isRule?: boolean;
  }
}

interface Options {
  /** More text may follow. */
  readonly streaming: boolean;
}

/** Parses what models write beyond GFM. */
export const modelSyntax: Plugin<[Options], Root> = function attach({ streaming }) {
  const data = this.data() as Extended;
  (data.micromarkExtensions ??= []).push(syntax);
  (data.fromMarkdownExtensions ??= []).push(syntaxTree);
  const read = (tree: Root, source: string): Root => {
    changeChildren(tree, (children, parent) => {
      const nodes = asWritten(children, source)
        .flatMap((child) => withMarks(child, source))
        .flatMap((child) => readNode(child, parse));
      const isOpen = streaming && endOf(parent) === endOf(tree);
      const inCell = parent.type === 'tableCell';
      return withInlineTags(isFlow(parent.type) ? withFolds(nodes, parse) : nodes, {
        streaming: isOpen,
        inCell,
      });
    });
    return tree;
  };
  /** Parses a piece of one line. */
  const parse = (text: string): Root => read(this.parse(text) as Root, text);
  return (tree, file) => read(tree, String(file));
};

/** The fields that the parser reads from the processor. */
interface Extended {
  micromarkExtensions?: unknown[];
  fromMarkdownExtensions?: unknown[];
}

const endOf = ({ position }: Nodes): number | undefined => position?.end.offset;

const isFlow = (type: string): boolean =>
  type === 'root' || type === 'blockquote' || type === 'listItem';

function readNode(node: RootContent, parse: (text: string) => Root): readonly RootContent[] {
  if (node.type === 'html') return readMarked(node, parse);
  if (node.type === 'blockquote') return [asCallout(node)];
  if (node.type === 'link') return withEnd(node);
  if (node.type === 'paragraph') return withoutEmptyLines(node);
  return node.type === 'text' ? withBreaks(withoutCitations(node.value)) : [node];
}

function readMarked(node: Html, parse: (text: string) => Root): readonly RootContent[] {
  if (node.data?.kind === 'formula') return [formula(node.value)];
  if (node.data?.kind !== 'display') return [node];
  const rest = formulaIn(node.value)?.rest ?? '';
  const source = node.value.slice(0, node.value.length - rest.length);
  return [
    { type: 'paragraph', data: { hName: 'div' }, children: [formula(source)] },
    ...(rest.trim() === '' ? [] : parse(rest).children),
  ];
}

/** HTML has no element for a formula's source; `var` is otherwise unused here. */
const formula = (source: string): PhrasingContent => ({
  type: 'inlineCode',
  value: source,
  data: { hName: 'var', hChildren: [{ type: 'text', value: source }] },
});
