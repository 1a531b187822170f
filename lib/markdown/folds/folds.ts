import type { Html, PhrasingContent, Root, RootContent } from 'mdast';
import { FoldFrames } from './fold-frames';
import { isFoldTag } from './folds-in-line';

const TAG = /<(\/?)(details|summary)(?:\s[^<>]*)?>/gi;

type Parse = (text: string) => Root;

/** The tag of a fold, or a block. */
type Piece = { readonly tag: string } | { readonly node: RootContent };

/** Turns fold tags among a node's children, and everything between them, into folds. */
export function withFolds(children: readonly RootContent[], parse: Parse): readonly RootContent[] {
  const pieces = children.flatMap((child) => piecesOf(child, parse));
  if (!pieces.some((piece) => 'tag' in piece)) return children;
  const frames = new FoldFrames();
  for (const piece of pieces) {
    if ('tag' in piece) frames.takeTag(piece.tag);
    else frames.take(piece.node);
  }
  return frames.ended();
}

function piecesOf(node: RootContent, parse: Parse): readonly Piece[] {
  if (node.type === 'html') return piecesOfLine(node.value, parse);
  if (node.type !== 'paragraph' || !node.children.some(isTag)) return [{ node }];
  const pieces: Piece[] = [];
  let words: PhrasingContent[] = [];
  const endParagraph = () => {
    if (words.some((word) => word.type !== 'text' || word.value.trim() !== ''))
      pieces.push({ node: { type: 'paragraph', children: words } });
    words = [];
  };
  for (const child of node.children) {
    if (isTag(child)) {
      endParagraph();
      pieces.push(...piecesOfLine(child.value, parse));
    } else words.push(child);
  }
  endParagraph();
  return pieces;
}

const isTag = (node: PhrasingContent): node is Html =>
  node.type === 'html' && isFoldTag(node.value);

function piecesOfLine(line: string, parse: Parse): readonly Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  const takeWords = (to: number) => {
    const text = line.slice(from, to).trim();
    if (text !== '') pieces.push(...parse(text).children.map((node) => ({ node })));
  };
  for (const { 0: written, 1: slash = '', 2: name = '', index } of line.matchAll(TAG)) {
    takeWords(index);
    pieces.push({ tag: slash + name.toLowerCase() });
    from = index + written.length;
  }
  takeWords(line.length);
  return pieces;
}
