import type { BlockContent, PhrasingContent, RootContent } from 'mdast';

/** The maximum depth of folds; deeper ones are shown open. */
const MAX_DEPTH = 6;

interface Fold {
  readonly before: RootContent[];
  summary: PhrasingContent[] | null;
}

/** Nests folds while their tags and blocks arrive in order. */
export class FoldFrames {
  readonly #folds: Fold[] = [];
  #here: RootContent[] = [];
  #inSummary = false;
  #tooDeep = 0;

  take(node: RootContent): void {
    const isWords = node.type === 'paragraph' || node.type === 'heading';
    if (this.#inSummary && isWords) this.#folds.at(-1)?.summary?.push(...node.children);
    else {
      this.#inSummary = false;
      this.#here.push(node);
    }
  }

  takeTag(tag: string): void {
    if (tag === 'details') this.#open();
    else if (tag === '/details') this.#close();
    else this.#summary(tag === 'summary');
  }

  /** Closes folds that are still open. */
  ended(): readonly RootContent[] {
    this.#tooDeep = 0;
    while (this.#folds.length > 0) this.#close();
    return this.#here;
  }

  #open(): void {
    this.#inSummary = false;
    if (this.#folds.length >= MAX_DEPTH) {
      this.#tooDeep += 1;
      return;
    }
    this.#folds.push({ before: this.#here, summary: null });
    this.#here = [];
  }

  #summary(begins: boolean): void {
    const fold = this.#folds.at(-1);
    this.#inSummary = begins && fold?.summary === null;
    if (this.#inSummary && fold) fold.summary = [];
  }

  #close(): void {
    this.#inSummary = false;
    if (this.#tooDeep > 0) {
      this.#tooDeep -= 1;
      return;
    }
    const fold = this.#folds.pop();
    if (!fold) return;
    fold.before.push(details(fold.summary, this.#here));
    this.#here = fold.before;
  }
}

const UNNAMED: PhrasingContent[] = [{ type: 'text', value: 'Details' }];

const details = (summary: PhrasingContent[] | null, children: RootContent[]): RootContent => ({
  type: 'blockquote',
  data: { hName: 'details', hProperties: { dir: 'auto' } },
  children: [
    { type: 'paragraph', data: { hName: 'summary' }, children: summary ?? UNNAMED },
    ...(children as BlockContent[]),
  ],
});
