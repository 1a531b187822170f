import { withoutThoughts } from '@/lib/thoughts/without-thoughts';
import type { PromptMessage } from '@/lib/ports/model';
import { alternating, JOINT, userFirst } from './alternating';
import { promptRoom, type PromptLimits, type PromptRoom } from './prompt-room';
import type { TurnContext } from '@/lib/chat/turn/turn-store';

const DEFAULT_SYSTEM_PROMPT = 'You are a helpful assistant.';

/** What the pinned memory begins with, after the instructions. */
export const MEMORY_HEAD = 'Session memory (pinned): ';

/** How many stored messages `exchanges` exchanges are at most. */
export const contextMessages = (exchanges: number): number => Math.max(0, exchanges) * 2;

/** What the model is asked with. */
export interface Prompt {
  readonly messages: readonly PromptMessage[];
  /** How many of the earlier messages that were read had no room. */
  readonly omitted: number;
}

type Earlier = TurnContext['messages'];

/**
 * The whole prompt of a turn: one system message with the instructions and the pinned memory, the recent exchanges, and
 * the new message last. After the system message, user and assistant take turns and the user is first.
 * Instructions and the new message always go; what else has no room is left out, oldest exchanges first.
 */
export function buildPrompt(context: TurnContext, text: string, limits: PromptLimits): Prompt {
  const room = promptRoom(limits);
  const system = systemMessage(context, room, [text]);
  return withExchanges(context, limits, room, system, [{ role: 'user', content: text }]);
}

/** Few servers go on by themselves with a reply that ends a prompt, so they are asked to. */
export const GO_ON =
  'Your last message was cut off. Go on exactly where it stopped: begin with the very next character, repeat nothing and add no introduction.';

/** Of a reply that is longer than all the room there is, this much is shown all the same. */
const TAIL_LEAST = 500;

/**
 * The prompt of a turn that goes on with a reply: the same as the question's, then what was said of the reply, or the
 * end of that.
 */
export function buildContinuation(
  context: TurnContext,
  { question, text }: { question: string; text: string },
  limits: PromptLimits,
): Prompt {
  const room = promptRoom(limits);
  const system = systemMessage(context, room, [question, GO_ON]);
  const tail = room.takeEnd(withoutThoughts(text), TAIL_LEAST);
  return withExchanges(context, limits, room, system, [
    { role: 'user', content: question },
    { role: 'assistant', content: tail },
    { role: 'user', content: GO_ON },
  ]);
}

/** The instructions and what the memory has room for, besides the texts that always go. */
function systemMessage(
  { systemPrompt, memory }: TurnContext,
  room: PromptRoom,
  always: readonly string[],
): PromptMessage {
  const instructions = systemPrompt ?? DEFAULT_SYSTEM_PROMPT;
  for (const text of [instructions, ...always]) room.spend(text);
  const pinned = memory ? room.takeLines(MEMORY_HEAD + memory) : '';
  const content = pinned.length > MEMORY_HEAD.length ? instructions + JOINT + pinned : instructions;
  return { role: 'system', content };
}

function withExchanges(
  { messages }: TurnContext,
  limits: PromptLimits,
  room: PromptRoom,
  system: PromptMessage,
  after: readonly PromptMessage[],
): Prompt {
  const read = userFirst(wholeExchanges(messages, limits.messages).flatMap(spoken));
  const kept = newestWithRoom(read, room);
  return {
    messages: [system, ...alternating([...kept, ...after])],
    omitted: read.length - kept.length,
  };
}

/** What a model thought is no part of what it said; a reply that was only thought is none. */
function spoken<Message extends PromptMessage>(message: Message): Message[] {
  if (message.role !== 'assistant') return [message];
  const content = withoutThoughts(message.content);
  return content.trim() === '' ? [] : [{ ...message, content }];
}

/** A full window may begin with a reply whose question was cut off; that reply would only confuse. */
function wholeExchanges(messages: Earlier, limit: number): Earlier {
  if (messages.length < limit) return messages;
  const firstQuestion = messages.findIndex(({ role }) => role === 'user');
  return firstQuestion === -1 ? [] : messages.slice(firstQuestion);
}

/** Whole exchanges from the newest back, up to the first that has no room: a gap in the middle would confuse. */
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
