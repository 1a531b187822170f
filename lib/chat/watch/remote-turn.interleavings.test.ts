import fc from 'fast-check';
import { expect, test } from 'vitest';
import { silentLog } from '@/tests/setup/log';
import type { LiveChannel, LivePiece } from './live-channel';
import type { WatchedTurn } from '@/lib/chat/turn/live-turn';
import { remoteTurn } from './remote-turn';
import type { Turn } from '@/lib/chat/turn/turn';
import { textOf } from '@/lib/reply/entry';
import { said } from '@/tests/setup/entries';

const WORDS = ['Once', ' upon', ' a 🧭', ' time', ' there', ' was'];
const WHOLE = WORDS.join('');
const RUNNING: Turn = {
  requestId: 'r',
  owner: 'somebody',
  sessionId: 's',
  state: 'running',
  failure: null,
  model: 'm',
  userMessageId: 'u',
  replyId: 'p',
  usage: null,
  instance: 'another process',
  heartbeat: new Date(0),
  stopRequested: false,
  omitted: null,
  thoughtMs: null,
  createdAt: new Date(0),
  endedAt: null,
};

/** Another process that runs a turn. The scheduler decides the order of its writes, pieces and timers. */
function elsewhere(scheduler: fc.Scheduler, isLost: (piece: number) => boolean) {
  let stored = '';
  let turn = RUNNING;
  let heard: ((piece: LivePiece) => void) | null = null;
  const channel: LiveChannel = {
    publish: () => undefined,
    listen: (_topic, hear) => {
      heard = hear;
      return () => (heard = null);
    },
  };
  const store = {
    keepWatched: () => Promise.resolve(),
    find: scheduler.scheduleFunction(() => Promise.resolve(turn)),
    entriesFrom: scheduler.scheduleFunction((_id: string, offset: number) =>
      Promise.resolve(said(stored.slice(offset), offset)),
    ),
  };
  const publish = scheduler.scheduleFunction((piece: LivePiece) => {
    heard?.(piece);
    return Promise.resolve();
  });
  const keep = scheduler.scheduleFunction((text: string) => {
    stored += text;
    return Promise.resolve();
  });
  const after = (_ms: number, run: () => void) => {
    let cancelled = false;
    void scheduler.schedule(Promise.resolve()).then(() => !cancelled && run());
    return () => (cancelled = true);
  };
  const say = async () => {
    let offset = 0;
    for (const [n, text] of WORDS.entries()) {
      if (!isLost(n)) void publish({ entries: said(text, offset), ended: false });
      offset += text.length;
      await keep(text);
    }
    turn = { ...RUNNING, state: 'complete' };
    void publish({ entries: [], ended: true });
  };
  return { channel, store, clock: { after, now: () => new Date(0) }, say };
}

const whole = (turn: WatchedTurn, texts: string[]) =>
  new Promise<void>((resolve) => {
    const leave = turn.watch(() => {
      texts.push(textOf(turn.since(0)));
      if (!turn.end()) return;
      leave();
      resolve();
    });
  });

test('a watcher sees the text grow to the whole in any order of writes, live pieces, polls and timers', async () => {
  const lost = fc.array(fc.boolean(), { minLength: WORDS.length, maxLength: WORDS.length });
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), lost, async (scheduler, isLost) => {
      const { channel, store, clock, say } = elsewhere(scheduler, (n) => isLost[n] ?? false);
      const texts: string[] = [];
      const saying = say();
      const watching = remoteTurn({ store, channel, clock, log: silentLog }, RUNNING).then((turn) =>
        whole(turn, texts),
      );
      await scheduler.waitFor(Promise.all([saying, watching]));
      for (const [n, text] of texts.entries()) {
        expect(WHOLE.startsWith(text)).toBe(true);
        expect(text.length).toBeGreaterThanOrEqual(texts[n - 1]?.length ?? 0);
      }
      expect(texts.at(-1)).toBe(WHOLE);
    }),
  );
});
