import { givenText, type GivenText } from './given-text';
import {
  closeThatBegins,
  isSpokenOf,
  mayBecomeTag,
  nextClose,
  TAGS,
  whereTagMayBegin,
} from './thought-tags';

/**
 * Takes out of a growing text what its model only thinks. Where a chat template has opened the thought before the text
 * began, that is seen at the closing tag alone: what was given before it is then taken back.
 */
export interface ThoughtFilter {
  /** What may be said of the text with this piece; what might be half a tag waits for the next. */
  push(piece: string): string;
  /** The text has ended: what is left of it. */
  end(): string;
  /** Once: how much of what was given before is still text, where some of it was taken back. */
  takeCut(): number | null;
}

/** So much blank space begins no thought. */
const BLANKS_MAX = 200;

/** What a step makes of a text: what may be said of it, and what is still to be looked at; null: nothing. */
interface Step {
  readonly said: string;
  readonly rest: string | null;
}

export function thoughtFilter(): ThoughtFilter {
  const given = givenText();
  const state: State = { given, held: '', closedBy: null, mayOpen: true, hadThought: false };

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
    push(piece) {
      if (!state.mayOpen && state.held === '' && !MARK.test(piece)) return given.add(piece);
      const text = state.held + piece;
      state.held = '';
      return take(text);
    },
    end() {
      const { held, closedBy, mayOpen, hadThought } = state;
      state.held = '';
      if (closedBy !== null) return '';
      if (mayOpen) return given.add(hadThought ? held.trimStart() : held);
      const endsThought = closeThatBegins(held) === held && /^\n?$/.test(given.last());
      return (endsThought ? given.withoutThought('', hadThought) : null) ?? given.add(held);
    },
  };
}

interface State {
  readonly given: GivenText;
  /** What might be a part of a tag. */
  held: string;
  /** The tag that ends the thought; null: outside one. */
  closedBy: string | null;
  /** A thought may begin here. */
  mayOpen: boolean;
  hadThought: boolean;
}

function nextStep(state: State, text: string): Step {
  if (state.closedBy !== null) return think(state, text, state.closedBy);
  return state.mayOpen ? begin(state, text) : speak(state, text);
}

function think(state: State, text: string, close: string): Step {
  const at = text.indexOf(close);
  if (at !== -1) return endThought(state, '', text.slice(at + close.length));
  state.held = text.slice(1 - close.length);
  return { said: '', rest: null };
}

function begin(state: State, text: string): Step {
  const head = text.trimStart();
  const tag = TAGS.find(({ open }) => head.startsWith(open));
  if (tag) {
    state.closedBy = tag.close;
    return { said: '', rest: head.slice(tag.open.length) };
  }
  const stray = closeThatBegins(head);
  if (stray !== undefined) return endThought(state, '', head.slice(stray.length));
  if (mayBecomeTag(head) && text.length < BLANKS_MAX) return hold(state, text, 0);
  state.mayOpen = false;
  return { said: '', rest: state.hadThought ? head : text };
}

function speak(state: State, text: string): Step {
  const found = endOfThought(text, state.given, state.hadThought);
  return 'rest' in found
    ? endThought(state, found.said, found.rest)
    : hold(state, text, found.certainTo);
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
const MARK = /<[/|]|\[\/|◁|[<[]$/;

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
    if (isSpokenOf(text[at - 1] ?? given.last(), text[end] ?? '')) continue;
    const said = given.withoutThought(text.slice(0, at), hadThought);
    if (said !== null) return { said, rest: text.slice(end) };
  }
  return { certainTo: whereTagMayBegin(text) };
}
