import { expect, test } from 'vitest';
import { AppError } from '@/lib/errors';
import { newTurn } from '@/tests/setup/bounded-stores';
import { turnSlots } from './turn-slots';
import type { BegunTurn, NewTurn, TurnResult, TurnStore } from '@/lib/chat/turn/turn-store';

const STARTED: BegunTurn = {
  kind: 'started',
  context: { messages: [], memory: null, systemPrompt: null, temperature: null, maxTokens: null },
  question: '',
  reply: [],
  thoughtMs: null,
  places: null,
};

/** A store that starts a turn unless it is marked full, and joins when the turn asks for it. */
function store() {
  const running = new Set<string>();
  let most = 0;
  const begin = async (turn: NewTurn): Promise<BegunTurn> => {
    await Promise.resolve();
    if ('text' in turn && turn.text === 'join') return { kind: 'joined', requestId: 'x' };
    if (turn.full) throw new AppError({ kind: 'internal' });
    running.add(turn.requestId);
    most = Math.max(most, running.size);
    return STARTED;
  };
  const end = async ({ requestId, state }: TurnResult) => {
    await Promise.resolve();
    running.delete(requestId);
    return { state, replyId: null, usage: null, failure: null };
  };
  return { places: turnSlots({ begin, end } as unknown as TurnStore, 5), most: () => most };
}

const now = new Date(0);
const ended = (requestId: string) => ({ requestId, state: 'stopped' }) as TurnResult;

test('of 200 simultaneous turns only as many run as the limit allows, and joining needs no place', async () => {
  const { places, most } = store();
  const turns = Array.from({ length: 200 }, () => newTurn('somebody', now));
  const begun = await Promise.allSettled(turns.map((turn) => places.begin(turn)));
  expect(begun.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
  expect(await places.begin(newTurn('somebody', now, { text: 'join' }))).toMatchObject({
    kind: 'joined',
  });
  await places.end(ended(turns[0]?.requestId ?? ''));
  await places.end(ended('of another process'));
  await places.begin(newTurn('somebody', now));
  await expect(places.begin(newTurn('somebody', now))).rejects.toThrow();
  expect(most()).toBe(5);
});
