import {
  expandTabs,
  indentOf,
  isBlank,
  isThematicBreak,
  markerAt,
  noteHeadAt,
} from '@/lib/markdown/text/lines';

/** A container block (CommonMark): a line is inside when it starts with the container's marker or indent. */
export type Container =
  | { readonly kind: 'quote' }
  | { readonly kind: 'note' }
  /**
   * `hollow`: nothing has followed the marker yet, and a blank line would end the item. `lacking`: the spaces that the
   * lines in it lack for the parser.
   */
  | {
      readonly kind: 'item';
      readonly marker: string;
      readonly offset: number;
      readonly hollow: boolean;
      readonly lacking: number;
    };

export interface Matched {
  /** How many containers the line is inside of. */
  readonly depth: number;
  readonly rest: string;
}

const MAX_DEPTH = 20;

export function matchContainers(stack: readonly Container[], raw: string): Matched {
  let rest = expandTabs(raw);
  let depth = 0;
  for (const container of stack) {
    const next = enter(container, rest);
    if (next === null) break;
    rest = next;
    depth += 1;
  }
  return { depth, rest };
}

/** The rest of the line inside the container; null when the line is not inside. */
function enter(container: Container, rest: string): string | null {
  if (container.kind === 'quote') {
    const mark = /^ {0,3}> ?/.exec(rest);
    return mark ? rest.slice(mark[0].length) : null;
  }
  if (isBlank(rest)) return container.kind === 'item' && container.hollow ? null : rest;
  const offset = container.kind === 'note' ? 4 : container.offset;
  return indentOf(rest) >= offset ? rest.slice(offset) : null;
}

/**
 * The containers as the line means them. Models indent the bullets under `1.` by two spaces, where the standard wants
 * three: from there on two are enough.
 */
export function intendedContainers(stack: readonly Container[], raw: string): readonly Container[] {
  if (!BULLET.test(raw)) return stack;
  let rest = raw;
  for (const [at, container] of stack.entries()) {
    if (container.kind !== 'item') return stack;
    const { marker, offset, lacking } = container;
    const indent = indentOf(rest);
    if (indent < offset) {
      if (indent < 2 || !isNumbered(marker) || isThematicBreak(rest.trimStart())) return stack;
      return stack.with(at, { ...container, offset: indent, lacking: lacking + offset - indent });
    }
    rest = rest.slice(offset);
  }
  return stack;
}

const BULLET = /^ {2,}[-+*] +[^ ]/;

const isNumbered = (marker: string): boolean => marker === '.' || marker === ')';

/** The spaces that a line inside of these containers lacks for the parser. */
export const lackingIn = (stack: readonly Container[]): number =>
  stack.reduce((sum, container) => sum + (container.kind === 'item' ? container.lacking : 0), 0);

export interface Opened {
  readonly containers: readonly Container[];
  readonly rest: string;
}

/** The containers that the line opens, from the outside in. */
export function openContainers(line: string, interrupting: boolean): Opened {
  const containers: Container[] = [];
  let rest = line;
  for (let next = opens(rest, interrupting); next && containers.length < MAX_DEPTH;) {
    containers.push(next.container);
    rest = next.rest;
    next = opens(rest, interrupting);
  }
  return { containers, rest };
}

const MARKS_CONTAINER = /^[>[\-+*\d]/;

function opens(rest: string, interrupting: boolean): { container: Container; rest: string } | null {
  const indent = indentOf(rest);
  if (indent > 3) return null;
  const text = rest.slice(indent);
  if (!MARKS_CONTAINER.test(text)) return null;
  if (text.startsWith('>'))
    return { container: { kind: 'quote' }, rest: text.slice(text.startsWith('> ') ? 2 : 1) };
  const note = noteHeadAt(text);
  if (note) return { container: { kind: 'note' }, rest: text.slice(note.length) };
  if (isThematicBreak(text)) return null;
  const found = markerAt(text, indent);
  if (!found || (interrupting && !found.interrupts)) return null;
  const { offset, empty, type } = found;
  return {
    container: { kind: 'item', marker: type, offset, hollow: empty, lacking: 0 },
    rest: rest.slice(offset),
  };
}

/** A hollow item has content now and may contain blank lines from here on. */
export function filled(stack: readonly Container[]): readonly Container[] {
  return stack.map((container) =>
    container.kind === 'item' && container.hollow ? { ...container, hollow: false } : container,
  );
}
