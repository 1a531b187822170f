// Pure: imports nothing of the app.
import {
  closeThatBegins,
  isInCode,
  isQuoted,
  isMentioned,
  mayBecomeTag,
  closesIn,
  innerTags,
  nextClose,
  openingIn,
  QUOTE,
  replyThatBegins,
  tagThatOpens,
  whereTagMayBegin,
  type InnerTags,
} from './reasoning-tags';
import { filterOutput, type FilterEvent, type FilterOutput } from './filter-output';

/**
 * Separates what a model says in a growing text from what it only thinks. Where a chat template has opened the thought
 * before the text began, that is seen at the closing tag alone: what was output before it is then taken back.
 */
export interface ReasoningFilter {
  /** The next piece of the text; what might be half a tag waits for the next. */
  push(piece: string): void;
  /** Reasoning that its server has already separated. */
  think(piece: string): void;
  /** The text has ended. `whole`: it was not broken off. */
  end(whole?: boolean): void;
  /** True when the text began within a thought; false when it did not; null as long as it is not known. */
  beganInReasoning(): boolean | null;
}

interface Options {
  /** The text is taken for a thought until a closing tag comes; without one, all of it was the reply. */
  readonly expected?: boolean;
  /** False: reasoning is left out. */
  readonly withReasoning?: boolean;
}

/** A closing tag may have blanks around its slash and after its name. */
const BLANKS_IN_TAG = 3;

/** So much blank space begins no thought. */
const BLANKS_MAX = 200;

/** Calls `emit` with text and reasoning, in order. */
export function reasoningFilter(
  emit: (event: FilterEvent) => void,
  options: Options = {},
): ReasoningFilter {
  const { expected = false, withReasoning = true } = options;
  const output = filterOutput(emit, withReasoning);
  const state: State = {
    output,
    buffered: '',
    closedBy: null,
    inTag: false,
    expected,
    expectedFrom: 0,
    kept: '',
    mayOpen: true,
    hadReasoning: false,
    inner: innerTags(),
    closesRead: 0,
    began: null,
  };

  const take = (text: string) => {
    for (let rest: string | null = text; rest;) rest = nextStep(state, rest);
  };

  return {
    beganInReasoning: () => state.began,
    push(piece) {
      if (!state.mayOpen && state.buffered === '' && state.closedBy === null && !MARK.test(piece)) {
        output.addText(piece);
        return;
      }
      const text = state.buffered + piece;
      state.buffered = '';
      take(text);
    },
    think(piece) {
      // The server separates reasoning itself.
      state.expected = false;
      output.addReasoning(piece);
    },
    end: (whole = true) => {
      endOf(state, whole);
    },
  };
}

interface State {
  readonly output: FilterOutput;
  /** What might be a part of a tag. */
  buffered: string;
  /** The tag that ends the thought; null: outside one; `ANY`: of a thought that is only expected. */
  closedBy: string | null;
  /** Within the attributes of the opening tag. */
  inTag: boolean;
  expected: boolean;
  /** The position at which the thought that is only expected began. */
  expectedFrom: number;
  /** The output of a thought that is only expected. */
  kept: string;
  /** A thought may begin here. */
  mayOpen: boolean;
  hadReasoning: boolean;
  /** Thoughts that began within the last one, whose closing tags follow it. */
  inner: InnerTags;
  /** How many closing tags were read. */
  closesRead: number;
  began: boolean | null;
}

const ANY = '';

function endOf(state: State, whole: boolean): void {
  const { output, buffered, closedBy, mayOpen, hadReasoning } = state;
  state.buffered = '';
  if (closedBy === ANY) endOfExpected(state, buffered, whole);
  else if (closedBy !== null) output.continueReasoning(state.inTag ? '' : buffered);
  else if (mayOpen) output.addText(hadReasoning ? buffered.trimStart() : buffered);
  else if (isClose(buffered) && /^\n?$/.test(output.last()) && takeOutReasoning(state, '')) {
    if (output.isEmpty()) state.began = true;
  } else output.addText(buffered);
}

/** No closing tag came before the end. What was broken off may have been a thought. */
function endOfExpected(state: State, buffered: string, whole: boolean): void {
  const { output, kept } = state;
  state.kept = '';
  if (!whole) {
    output.continueReasoning(buffered);
    return;
  }
  state.began = isClose(buffered);
  state.closedBy = null;
  output.endReasoning();
  if (!state.began) output.replaceByText(state.expectedFrom, kept + buffered);
}

const isClose = (text: string) => text !== '' && closeThatBegins(text) === text.toLowerCase();

/** Returns the rest of the text to examine; null: none. */
function nextStep(state: State, text: string): string | null {
  if (state.closedBy === ANY) return expect(state, text);
  if (state.closedBy !== null) return think(state, text, state.closedBy);
  return state.mayOpen ? begin(state, text) : speak(state, text);
}

function think(state: State, text: string, close: string): string | null {
  if (state.inTag) {
    const end = text.indexOf('>');
    if (end === -1) return null;
    state.inTag = false;
    return text.slice(end + 1);
  }
  let from = 0;
  for (let found = nextClose(text, 0, close); found; found = nextClose(text, from, close)) {
    const [previous, next] = [text[found.at - 1] ?? '', text[found.end] ?? ''];
    // What follows decides whether the tag is only quoted.
    if (next === '' && QUOTE.test(previous)) break;
    if (!isQuoted(previous, next)) {
      thinkOn(state, text.slice(0, found.at).replace(HANDOVER, ''));
      return endReasoning(state, text.slice(found.end));
    }
    from = found.end;
  }
  const handover = close.startsWith(HANDED) ? HANDOVER_LENGTH : 0;
  const at = Math.max(from, text.length - close.length - BLANKS_IN_TAG - handover - 1);
  thinkOn(state, text.slice(0, at));
  state.buffered = text.slice(at);
  return null;
}

function thinkOn({ output, inner }: State, piece: string): void {
  inner.count(piece);
  output.continueReasoning(piece);
}

/** What gpt-oss writes between its thought and the tag that ends it. */
const HANDED = '<|channel|>';
const HANDOVER = /(?:<\|end\|>)?(?:<\|start\|>assistant)?$/i;
const HANDOVER_LENGTH = '<|end|><|start|>assistant'.length;

/** Within a possible thought: it is one if a closing tag follows. */
function expect(state: State, text: string): string | null {
  for (const { at, end } of closesIn(text)) {
    if (end === text.length) return keep(state, text, at);
    const previous = text[at - 1] ?? state.kept.slice(-1);
    if (isMentioned(previous, text[end] ?? '')) continue;
    state.began = true;
    state.kept = '';
    state.output.continueReasoning(text.slice(0, at));
    return endReasoning(state, text.slice(end));
  }
  return keep(state, text, whereTagMayBegin(text));
}

function keep(state: State, text: string, from: number): null {
  state.kept += text.slice(0, from);
  state.buffered = text.slice(from);
  state.output.continueReasoning(text.slice(0, from));
  return null;
}

function begin(state: State, text: string): string | null {
  const head = text.trimStart();
  const tag = tagThatOpens(head);
  if (tag) {
    state.closedBy = tag.close;
    state.inTag = tag.open.startsWith('<') && !/[>▷]$/.test(tag.open);
    state.began ??= false;
    return head.slice(tag.open.length);
  }
  const stray = closeThatBegins(head) ?? replyThatBegins(head);
  if (stray !== undefined) return endReasoning(state, head.slice(stray.length));
  if (mayBecomeTag(head) && text.length < BLANKS_MAX) return hold(state, text, 0);
  state.mayOpen = false;
  if (state.expected && !state.hadReasoning) {
    state.closedBy = ANY;
    state.expectedFrom = state.output.length();
    return text;
  }
  return state.hadReasoning ? head : text;
}

function speak(state: State, text: string): string | null {
  const { output } = state;
  for (const { at, end } of closesIn(text)) {
    // What follows decides whether the tag is only mentioned.
    if (end === text.length) return hold(state, text, at);
    if (isMentioned(text[at - 1] ?? output.last(), text[end] ?? '')) continue;
    if (!takeOutReasoning(state, text.slice(0, at))) continue;
    if (output.isEmpty()) state.began ??= true;
    return endReasoning(state, text.slice(end));
  }
  return hold(state, text, whereTagMayBegin(text));
}

/** Text with more closing tags is about tags, not reasoning. */
const CLOSES_MAX = 20;

/** Emits the thought that ends after `fresh` as reasoning. Returns false, and emits nothing, if none ends there. */
function takeOutReasoning(state: State, fresh: string): boolean {
  const { output, hadReasoning, inner } = state;
  state.closesRead += 1;
  if (state.closesRead > CLOSES_MAX) return false;
  const text = output.text();
  const before = text + fresh;
  const from = openingIn(before) ?? (hadReasoning && !inner.close() ? null : 0);
  if (from === null || isInCode(before)) return false;
  if (from < text.length) output.continueReasoning(withoutTag(output.retractText(from) + fresh));
  else {
    output.addText(before.slice(text.length, from));
    output.continueReasoning(withoutTag(before.slice(from)));
  }
  output.endReasoning();
  return true;
}

function withoutTag(thought: string): string {
  const head = thought.trimStart();
  const tag = tagThatOpens(head);
  return tag ? head.slice(tag.open.length) : thought;
}

function hold(state: State, text: string, from: number): null {
  state.buffered = text.slice(from);
  state.output.addText(text.slice(0, from));
  return null;
}

function endReasoning(state: State, rest: string): string {
  state.output.endReasoning();
  state.closedBy = null;
  state.hadReasoning = true;
  state.mayOpen = true;
  return rest;
}

/** What a closing tag begins with, or may begin with when a piece ends there. Nearly all text has none of it. */
const MARK = /<[/|cu ]|\[\/|◁|[<[]$/i;
