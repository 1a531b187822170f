import { withoutThoughts } from '@/lib/thoughts/without-thoughts';
import type { PromptMessage } from '@/lib/ports/model';
import { alternating, JOINT, userFirst } from './alternating';
import { promptRoom, type PromptLimits, type PromptRoom } from './prompt-room';
import type { TurnContext } from '@/lib/chat/turn/turn-store';

const DEFAULT_SYSTEM_PROMPT = 'You are a helpful assistant.';

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
}

type Earlier = TurnContext['messages'];

/**
 * Builds the prompt of a turn: one system message with the instructions and the pinned memory, recent exchanges, and
 * the new message last. After the system message roles alternate, user first. Instructions and the new message are
 * always sent; of the rest, the oldest exchanges are dropped first.
 */
export function buildPrompt(context: TurnContext, text: string, limits: PromptLimits): Prompt {
  const room = promptRoom(limits);
  const system = systemMessage(context, room, [text]);
  return withExchanges(context, limits, room, system, [{ role: 'user', content: text }]);
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
  context: TurnContext,
  { question, text }: { question: string; text: string },
  limits: PromptLimits,
): Prompt {
  const room = promptRoom(limits);
  const system = systemMessage(context, room, [question, CONTINUE_INSTRUCTION]);
  const tail = room.takeEnd(withoutThoughts(text), TAIL_LEAST);
  return withExchanges(context, limits, room, system, [
    { role: 'user', content: question },
    { role: 'assistant', content: tail },
    { role: 'user', content: CONTINUE_INSTRUCTION },
  ]);
}

/** The instructions, and as much of the owner's own text and of the memory as fits beside the texts that are always sent. */
function systemMessage(
  { systemPrompt, about, memory }: TurnContext,
  room: PromptRoom,
  always: readonly string[],
): PromptMessage {
  const instructions = systemPrompt ?? DEFAULT_SYSTEM_PROMPT;
  for (const text of [instructions, ...always]) room.spend(text);
  const sections = [section(room, ABOUT_HEAD, about), section(room, MEMORY_HEAD, memory)];
  return { role: 'system', content: [instructions, ...sections.flat()].join(JOINT) };
}

/** None when nothing of the text fits. */
function section(room: PromptRoom, head: string, text: string | null | undefined): string[] {
  const taken = text ? room.takeLines(head + text) : '';
  return taken.length > head.length ? [taken] : [];
}

function withExchanges(
  { messages }: TurnContext,
  limits: PromptLimits,
  room: PromptRoom,
  system: PromptMessage,
  after: readonly PromptMessage[],
): Prompt {
  const read = userFirst(wholeExchanges(messages, limits.messages).flatMap(withoutReasoning));
  const kept = newestWithRoom(read, room);
  return {
    messages: [system, ...alternating([...kept, ...after])],
    omitted: read.length - kept.length,
  };
}

/** A message without the model's reasoning; none when it had only reasoning. */
function withoutReasoning<Message extends PromptMessage>(message: Message): Message[] {
  if (message.role !== 'assistant') return [message];
  const content = withoutThoughts(message.content);
  return content.trim() === '' ? [] : [{ ...message, content }];
}

/**
 * A full window may begin with a reply whose question was cut off. Drop that reply: it would only confuse the model.
 */
function wholeExchanges(messages: Earlier, limit: number): Earlier {
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
