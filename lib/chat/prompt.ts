import type { PromptMessage } from '@/lib/llm/port';
import { promptRoom, type PromptLimits, type PromptRoom } from './prompt-room';
import type { TurnContext } from './turn-store';

const DEFAULT_SYSTEM_PROMPT = 'You are a helpful assistant.';

/** What the pinned memory begins with, in a system message of its own. */
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
 * The whole prompt of a turn: the instructions, the pinned memory, the recent exchanges, and the new message last.
 * Instructions and the new message always go; what else has no room is left out, oldest exchanges first.
 */
export function buildPrompt(context: TurnContext, text: string, limits: PromptLimits): Prompt {
  const room = promptRoom(limits);
  const instructions = instructionsOf(context, room);
  room.spend(text);
  const memory = memoryOf(context, room);
  const question = { role: 'user', content: text } as const;
  return withExchanges(context, limits, room, [...instructions, ...memory], [question]);
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
  const instructions = instructionsOf(context, room);
  room.spend(question);
  room.spend(GO_ON);
  const memory = memoryOf(context, room);
  const tail = room.takeEnd(text, TAIL_LEAST);
  return withExchanges(
    context,
    limits,
    room,
    [...instructions, ...memory],
    [
      { role: 'user', content: question },
      { role: 'assistant', content: tail },
      { role: 'user', content: GO_ON },
    ],
  );
}

function instructionsOf({ systemPrompt }: TurnContext, room: PromptRoom): PromptMessage[] {
  const content = systemPrompt ?? DEFAULT_SYSTEM_PROMPT;
  room.spend(content);
  return [{ role: 'system', content }];
}

function memoryOf({ memory }: TurnContext, room: PromptRoom): PromptMessage[] {
  if (!memory) return [];
  const content = room.takeLines(MEMORY_HEAD + memory);
  return content.length > MEMORY_HEAD.length ? [{ role: 'system', content }] : [];
}

function withExchanges(
  { messages }: TurnContext,
  limits: PromptLimits,
  room: PromptRoom,
  before: readonly PromptMessage[],
  after: readonly PromptMessage[],
): Prompt {
  const read = wholeExchanges(messages, limits.messages);
  const kept = newestWithRoom(read, room);
  return { messages: [...before, ...kept, ...after], omitted: read.length - kept.length };
}

/** A full window may begin with a reply whose question was cut off; that reply would only confuse. */
function wholeExchanges(messages: Earlier, limit: number): Earlier {
  if (messages.length < limit) return messages;
  const firstQuestion = messages.findIndex(({ role }) => role === 'user');
  return firstQuestion === -1 ? [] : messages.slice(firstQuestion);
}

/** Whole exchanges from the newest back, up to the first that has no room: a gap in the middle would confuse. */
function newestWithRoom(messages: Earlier, room: PromptRoom): Earlier {
  let from = messages.length;
  for (let at = from - 1; at >= 0; at -= 1) {
    const begins = at === 0 || messages[at]?.role === 'user';
    if (!begins) continue;
    if (!room.take(messages.slice(at, from).map(({ content }) => content))) break;
    from = at;
  }
  return messages.slice(from);
}
