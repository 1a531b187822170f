import type { CompileContext, Extension as TreeExtension, Token } from 'mdast-util-from-markdown';
import type { Extension } from 'micromark-util-types';
import { displayFormula } from './formula-display';
import { textFormula } from './formula-in-text';
import { BACKSLASH, CODE } from './formula-tokens';
import { foldLine } from '@/lib/markdown/folds/fold-line';

const LESS_THAN = 60;

/** Syntax beyond CommonMark, without HTML blocks: their lines are text and Markdown. */
export const syntax: Extension = {
  disable: { null: ['htmlFlow'] },
  text: { [CODE.dollar]: textFormula, [BACKSLASH]: textFormula },
  flow: {
    [CODE.dollar]: displayFormula,
    [BACKSLASH]: displayFormula,
    [LESS_THAN]: foldLine,
  },
};

function data(this: CompileContext, token: Token): void {
  this.config.enter['data']?.call(this, token);
  this.config.exit['data']?.call(this, token);
}

function enter(this: CompileContext, token: Token): void {
  this.enter({ type: 'html', value: '' }, token);
  this.buffer();
}

const leave = (kind: 'formula' | 'display' | 'fold') =>
  function exit(this: CompileContext, token: Token): void {
    const value = this.resume();
    const node = this.stack.at(-1);
    if (node?.type === 'html') Object.assign(node, { value, data: { kind } });
    this.exit(token);
  };

/** In the tree these start as `html` nodes with their kind. */
export const syntaxTree: TreeExtension = {
  enter: { formula: enter, displayFormula: enter, foldLine: enter },
  exit: {
    formulaData: data,
    foldLineData: data,
    formula: leave('formula'),
    displayFormula: leave('display'),
    foldLine: leave('fold'),
  },
};
