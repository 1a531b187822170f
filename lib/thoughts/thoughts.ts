import { givenText, type GivenText } from './given-text';
import {
  closeThatBegins,
  isQuoted,
  isMentioned,
  mayBecomeTag,
  nextClose,
  QUOTE,
  replyThatBegins,
  tagThatOpens,
  whereTagMayBegin,
} from './thought-tags';

/**
 * Takes out of a growing text what its model only thinks. Where a chat template has opened the thought before the text
 * began, that is seen at the closing tag alone: what was given before it is then taken back.
 */
export interface ThoughtFilter {
  /** What may be said of the text with this piece; what might be half a tag waits for the next. */
  push(piece: string): string;
  /** The text has ended: what is left of it. `whole`: it was not broken off. */
  end(whole?: boolean): string;
  /** Once: how much of what was given before is still text, where some of it was taken back. */
  takeCut(): number | null;
  /** True when the text began within a thought; false when it did not; null as long as it is not known. */
  beganInThought(): boolean | null;
}

/** So much blank space begins no thought. */
const BLANKS_MAX = 200;

/** What a step makes of a text: what may be said of it, and what is still to be looked at; null: nothing. */
interface Step {
  readonly said: string;
  readonly rest: string | null;
}

/** `expected`: the text is taken for a thought until a closing tag comes; without one, all of it was the reply. */
export function thoughtFilter({ expected = false } = {}): ThoughtFilter {
  const given = givenText();
  const state: State = {
    given,
    held: '',
    closedBy: null,
    expected,
    kept: '',
    mayOpen: true,
    hadThought: false,
    began: null,
  };

  const take = (text: string): string => {
    let said = '';
    for (let rest: string | null = text; rest;) {
      const step = nextStep(state, rest);
      said += step.said;
      ({ rest } = step);
    }
    return said;
  };

  return {
    takeCut: given.takeCut,
    beganInThought: () => state.began,
    push(piece) {
      if (!state.mayOpen && state.held === '' && state.closedBy === null && !MARK.test(piece))
        return given.add(piece);
      const text = state.held + piece;
      state.held = '';
      return take(text);
    },
    end: (whole = true) => endOf(state, whole),
  };
}

interface State {
  readonly given: GivenText;
  /** What might be a part of a tag. */
  held: string;
  /** The tag that ends the thought; null: outside one; `ANY`: of a thought that is only expected. */
  closedBy: string | null;
  expected: boolean;
  /** What came of the thought that is only expected. */
  kept: string;
  /** A thought may begin here. */
  mayOpen: boolean;
  hadThought: boolean;
  began: boolean | null;
}

const ANY = '';

function endOf(state: State, whole: boolean): string {
  const { given, held, closedBy, mayOpen, hadThought } = state;
  state.held = '';
  if (closedBy === ANY) return endOfExpected(state, held, whole);
  if (closedBy !== null) return '';
  if (mayOpen) return given.add(hadThought ? held.trimStart() : held);
  const endsThought = isClose(held) && /^\n?$/.test(given.last());
  const rest = endsThought ? given.withoutThought('', hadThought) : null;
  if (rest !== null && given.isEmpty()) state.began = true;
  return rest ?? given.add(held);
}

/** No closing tag came before the end. What was broken off may have been a thought. */
function endOfExpected(state: State, held: string, whole: boolean): string {
  const { given, kept } = state;
  state.kept = '';
  if (!whole) return '';
  state.began = isClose(held);
  state.closedBy = null;
  return state.began ? '' : given.add(kept + held);
}

const isClose = (text: string) => text !== '' && closeThatBegins(text) === text.toLowerCase();

function nextStep(state: State, text: string): Step {
  if (state.closedBy === ANY) return expect(state, text);
  if (state.closedBy !== null) return think(state, text, state.closedBy);
  return state.mayOpen ? begin(state, text) : speak(state, text);
}

function think(state: State, text: string, close: string): Step {
  let from = 0;
  for (let found = nextClose(text, 0, close); found; found = nextClose(text, from, close)) {
    const [previous, next] = [text[found.at - 1] ?? '', text[found.end] ?? ''];
    // What follows decides whether the tag is only quoted.
    if (next === '' && QUOTE.test(previous)) break;
    if (!isQuoted(previous, next)) return endThought(state, '', text.slice(found.end));
    from = found.end;
  }
  state.held = text.slice(Math.max(from, text.length - close.length - 1));
  return { said: '', rest: null };
}

/** Within what is a thought if a closing tag comes. */
function expect(state: State, text: string): Step {
  for (let close = nextClose(text, 0); close; close = nextClose(text, close.end)) {
    const { at, end } = close;
    if (end === text.length) return keep(state, text, at);
    const previous = text[at - 1] ?? state.kept.slice(-1);
    if (isMentioned(previous, text[end] ?? '')) continue;
    state.began = true;
    state.kept = '';
    return endThought(state, '', text.slice(end));
  }
  return keep(state, text, whereTagMayBegin(text));
}

function keep(state: State, text: string, from: number): Step {
  state.kept += text.slice(0, from);
  state.held = text.slice(from);
  return { said: '', rest: null };
}

function begin(state: State, text: string): Step {
  const head = text.trimStart();
  const tag = tagThatOpens(head);
  if (tag) {
    state.closedBy = tag.close;
    state.began ??= false;
    return { said: '', rest: head.slice(tag.open.length) };
  }
  const stray = closeThatBegins(head) ?? replyThatBegins(head);
  if (stray !== undefined) return endThought(state, '', head.slice(stray.length));
  if (mayBecomeTag(head) && text.length < BLANKS_MAX) return hold(state, text, 0);
  state.mayOpen = false;
  if (state.expected && !state.hadThought) {
    state.closedBy = ANY;
    return { said: '', rest: text };
  }
  return { said: '', rest: state.hadThought ? head : text };
}

function speak(state: State, text: string): Step {
  const found = endOfThought(text, state.given, state.hadThought);
  if (!('rest' in found)) return hold(state, text, found.certainTo);
  if (state.given.isEmpty()) state.began ??= true;
  return endThought(state, found.said, found.rest);
}

function hold(state: State, text: string, from: number): Step {
  state.held = text.slice(from);
  return { said: state.given.add(text.slice(0, from)), rest: null };
}

function endThought(state: State, said: string, rest: string): Step {
  state.closedBy = null;
  state.hadThought = true;
  state.mayOpen = true;
  return { said, rest };
}

/** What a closing tag begins with, or may begin with when a piece ends there. Nearly all text has none of it. */
const MARK = /<[/|cu]|\[\/|◁|[<[]$/i;

type Found =
  | { readonly said: string; readonly rest: string }
  /** No thought ends in it; how far it is text, whatever follows. */
  | { readonly certainTo: number };

/** Looks in a text for the closing tag of a thought that began unseen. */
function endOfThought(text: string, given: GivenText, hadThought: boolean): Found {
  for (let close = nextClose(text, 0); close; close = nextClose(text, close.end)) {
    const { at, end } = close;
    // What follows decides whether the tag is spoken of.
    if (end === text.length) return { certainTo: at };
    if (isMentioned(text[at - 1] ?? given.last(), text[end] ?? '')) continue;
    const said = given.withoutThought(text.slice(0, at), hadThought);
    if (said !== null) return { said, rest: text.slice(end) };
  }
  return { certainTo: whereTagMayBegin(text) };
}
