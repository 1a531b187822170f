import type { Emphasis, RootContent, Strong } from 'mdast';

/** Names of Python that stand between two underscores each side. */
const DUNDER = /^[a-z]+(?:_[a-z]+)*$/;
const KNOWN =
  /^(?:all|annotations|call|class|del|dict|doc|enter|eq|exit|file|future|getattr|getitem|hash|init|iter|len|main|module|name|new|next|repr|setattr|setitem|slots|str|version)$/;

/** Emphasis that was none: `2*3*4` is a product, `__init__` a name. */
export function asWritten(
  children: readonly RootContent[],
  source: string,
): readonly RootContent[] {
  return children.flatMap((child): readonly RootContent[] => {
    const [from, to] = [child.position?.start.offset, child.position?.end.offset];
    if (from === undefined || to === undefined) return [child];
    const [before = ' ', after = ' '] = [source[from - 1], source[to]];
    if (child.type === 'emphasis' && isProduct(child, source[from], before, after))
      return [text('*'), ...child.children, text('*')];
    // A variable of PHP.
    if (child.type === 'emphasis' && before === '$' && source[from] === '_')
      return [text('_'), ...child.children, text('_')];
    if (child.type === 'strong' && isDunder(child, source[from], before, after))
      return [text('__'), ...child.children, text('__')];
    return [child];
  });
}

const text = (value: string): RootContent => ({ type: 'text', value });

const isProduct = (
  { children }: Emphasis,
  mark: string | undefined,
  before: string,
  after: string,
): boolean =>
  mark === '*' &&
  /[A-Za-z\d)\]]/.test(before) &&
  /[A-Za-z\d([]/.test(after) &&
  children.length === 1;

function isDunder(
  { children: [child, ...others] }: Strong,
  mark: string | undefined,
  before: string,
  after: string,
): boolean {
  if (mark !== '_' || child?.type !== 'text' || others.length > 0) return false;
  return DUNDER.test(child.value) && (KNOWN.test(child.value) || before === '.' || after === '(');
}
