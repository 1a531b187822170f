import type { Emphasis, RootContent, Strong } from 'mdast';

/** Names of Python that stand between two underscores each side. */
const DUNDER = /^[a-z]+(?:_[a-z]+)*$/;
const KNOWN =
  /^(?:all|annotations|call|class|del|dict|doc|enter|eq|exit|file|future|getattr|getitem|hash|init|iter|len|main|module|name|new|next|repr|setattr|setitem|slots|str|version)$/;

/** Emphasis that was none: `2*3*4` is a product, `__init__` and `$_POST` are names. */
export function asWritten(
  children: readonly RootContent[],
  source: string,
): readonly RootContent[] {
  return children.flatMap((child): readonly RootContent[] => {
    if (child.type !== 'emphasis' && child.type !== 'strong') return [child];
    const mark = wronglyRead(child, source);
    return mark === null ? [child] : [text(mark), ...child.children, text(mark)];
  });
}

/** The mark of text without emphasis. */
function wronglyRead(node: Emphasis | Strong, source: string): string | null {
  const from = node.position?.start.offset;
  if (from === undefined) return null;
  const mark = source[from];
  const before = source.charAt(from - 1);
  const after = source.charAt(node.position?.end.offset ?? source.length);
  if (node.type === 'strong') return mark === '_' && isDunder(node, before, after) ? '__' : null;
  if (mark === '_') return before === '$' ? '_' : null;
  return isProduct(node, before, after) ? '*' : null;
}

const text = (value: string): RootContent => ({ type: 'text', value });

const isProduct = ({ children }: Emphasis, before: string, after: string): boolean =>
  /[A-Za-z\d)\]]/.test(before) && /[A-Za-z\d([]/.test(after) && children.length === 1;

function isDunder({ children }: Strong, before: string, after: string): boolean {
  const [child, ...others] = children;
  if (child?.type !== 'text' || others.length > 0 || !DUNDER.test(child.value)) return false;
  return KNOWN.test(child.value) || before === '.' || after === '(';
}
