import { withoutReasoning } from '@/lib/reasoning/without-reasoning';
import type { PromptMessage } from '@/lib/ports/model';
import { DEFAULT_SYSTEM_PROMPT } from '@/lib/sessions/session';
import { alternating, JOINT, userFirst } from './alternating';
import { promptRoom, type PromptLimits, type PromptRoom } from './prompt-room';
import type { PromptText } from '@/lib/chat/turn/prompt-record';
import type { TurnContext } from '@/lib/chat/turn/turn-store';

/** Introduces what the owner wrote about themselves, before the memory. */
const ABOUT_HEAD = 'About the user: ';

/** Introduces the pinned memory, after the instructions. */
export const MEMORY_HEAD = 'Session memory (pinned): ';

/** The maximum number of stored messages for this many exchanges. */
export const contextMessages = (exchanges: number): number => Math.max(0, exchanges) * 2;

/** The messages sent to the model. */
export interface Prompt {
  readonly messages: readonly PromptMessage[];
  /** How many of the earlier messages did not fit. */
  readonly omitted: number;
  /** The texts of the system message. */
  readonly sections: readonly PromptSection[];
}

/** A text of the system message. */
export interface PromptSection {
  readonly kind: PromptText;
  /** What introduces it; '' for the instructions. */
  readonly head: string;
  readonly text: string;
}

/** What a prompt is made of beside the new message. */
export interface PromptContext extends Pick<TurnContext, 'about' | 'memory' | 'systemPrompt'> {
  readonly messages: readonly PromptMessage[];
}

/**
 * Builds the prompt of a turn: one system message with the instructions and the pinned memory, recent exchanges, and
 * the new message last. After the system message roles alternate, user first. Instructions and the new message are
 * always sent; of the rest, the oldest exchanges are dropped first.
 */
export function buildPrompt(context: PromptContext, text: string, limits: PromptLimits): Prompt {
  const room = promptRoom(limits);
  const sections = systemSections(context, room, [text]);
  return withExchanges(context, limits, room, sections, [{ role: 'user', content: text }]);
}

/** Few servers continue a prompt that ends with a reply, so the model is asked to. */
export const CONTINUE_INSTRUCTION =
  'Your last message was cut off. Go on exactly where it stopped: begin with the very next character, repeat nothing and add no introduction.';

/** At least this much of a reply's end is sent, in UTF-16 units, even without room for it. */
const TAIL_LEAST = 500;

/**
 * Builds the prompt of a continuation: the question's prompt, then the reply so far or its end, then the request to go
 * on.
 */
export function buildContinuation(
  context: PromptContext,
  { question, text }: { question: string; text: string },
  limits: PromptLimits,
): Prompt {
  const room = promptRoom(limits);
  const sections = systemSections(context, room, [question, CONTINUE_INSTRUCTION]);
  const tail = room.takeEnd(withoutReasoning(text), TAIL_LEAST);
  return withExchanges(context, limits, room, sections, [
    { role: 'user', content: question },
    { role: 'assistant', content: tail },
    { role: 'user', content: CONTINUE_INSTRUCTION },
  ]);
}

/** The instructions, and as much of the owner's own text and of the memory as fits beside the texts that are always sent. */
function systemSections(
  { systemPrompt, about, memory }: PromptContext,
  room: PromptRoom,
  always: readonly string[],
): readonly PromptSection[] {
  const instructions = systemPrompt ?? DEFAULT_SYSTEM_PROMPT;
  for (const text of [instructions, ...always]) room.spend(text);
  return [
    { kind: 'system', head: '', text: instructions },
    ...section(room, { kind: 'about', head: ABOUT_HEAD, text: about ?? '' }),
    ...section(room, { kind: 'memory', head: MEMORY_HEAD, text: memory ?? '' }),
  ];
}

/** None when nothing of the text fits. */
function section(room: PromptRoom, { kind, head, text: all }: PromptSection): PromptSection[] {
  const text = all && room.takeLines(head + all).slice(head.length);
  return text === '' ? [] : [{ kind, head, text }];
}

function withExchanges(
  { messages }: PromptContext,
  limits: PromptLimits,
  room: PromptRoom,
  sections: readonly PromptSection[],
  after: readonly PromptMessage[],
): Prompt {
  const read = userFirst(
    wholeExchanges(messages, limits.messages).flatMap(messageWithoutReasoning),
  );
  const kept = newestWithRoom(read, room);
  const content = sections.map(({ head, text }) => head + text).join(JOINT);
  return {
    messages: [{ role: 'system', content }, ...alternating([...kept, ...after])],
    omitted: read.length - kept.length,
    sections,
  };
}

/** A message without the model's reasoning; none when it had only reasoning. */
function messageWithoutReasoning({ role, content }: PromptMessage): PromptMessage[] {
  if (role !== 'assistant') return [{ role, content }];
  const text = withoutReasoning(content);
  return text.trim() === '' ? [] : [{ role, content: text }];
}

/**
 * A full window may begin with a reply whose question was cut off. Drop that reply: it would only confuse the model.
 */
function wholeExchanges(
  messages: PromptContext['messages'],
  limit: number,
): PromptContext['messages'] {
  if (messages.length < limit) return messages;
  const firstQuestion = messages.findIndex(({ role }) => role === 'user');
  return firstQuestion === -1 ? [] : messages.slice(firstQuestion);
}

/** Whole exchanges, newest first, until one does not fit: a gap in the middle would confuse the model. */
function newestWithRoom(
  messages: readonly PromptMessage[],
  room: PromptRoom,
): readonly PromptMessage[] {
  let from = messages.length;
  for (let at = from - 1; at >= 0; at -= 1) {
    const begins = at === 0 || messages[at]?.role === 'user';
    if (!begins) continue;
    if (!room.take(messages.slice(at, from).map(({ content }) => content))) break;
    from = at;
  }
  return messages.slice(from);
}
