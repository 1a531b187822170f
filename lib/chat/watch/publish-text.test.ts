import { beforeEach, expect, test } from 'vitest';
import { liveTurn, type LiveTurn } from '@/lib/chat/turn/live-turn';
import { textOf } from '@/lib/reply/entry';
import { silentLog } from '@/tests/setup/log';
import { manualClock, type ManualClock } from '@/tests/setup/manual-clock';
import { textPublisher } from './publish-text';

let clock: ManualClock;
let live: Map<string, LiveTurn>;
let publisher: ReturnType<typeof textPublisher>;
let listened: Set<string>;
let away: boolean;
let asked: number;
let published: string[];

beforeEach(() => {
  clock = manualClock();
  live = new Map();
  listened = new Set();
  away = false;
  asked = 0;
  published = [];
  publisher = textPublisher({
    channel: {
      publish(topic, { entries, ended, replaces }) {
        const text = `${textOf(entries)}${ended ? '.' : ''}`;
        published.push(`${topic} ${replaces ? 'anew: ' : ''}${text}`);
      },
      listened(topics) {
        asked += 1;
        if (away) return Promise.reject(new Error('no such command'));
        return Promise.resolve(new Set(topics.filter((topic) => listened.has(topic))));
      },
      listen: () => () => undefined,
    },
    live,
    instance: 'here',
    clock,
    log: silentLog,
  });
});

function begin(requestId: string): LiveTurn {
  const own = { requestId, owner: 'o', sessionId: 's', shared: true, reply: [] };
  const turn = liveTurn({ ...own, onUnwatched: () => undefined, onWatcherFault: () => undefined });
  live.set(requestId, turn);
  publisher.start();
  return turn;
}

const say = async (turn: LiveTurn, text: string, ms = 100) => {
  turn.write(text);
  await clock.pass(ms);
};

const end = (turn: LiveTurn) => {
  live.delete(turn.requestId);
  publisher.end(turn);
};

test('only turns with a listener are published, in one question for all', async () => {
  const [one, other] = [begin('one'), begin('other')];
  await say(one, 'a');
  await say(other, 'b', 900);
  expect([published, asked]).toEqual([[], 4]);
  listened.add('here/one');
  await clock.pass(300);
  await say(one, 'c');
  await say(other, 'd');
  end(one);
  end(other);
  expect(published).toEqual(['here/one c', 'here/one .']);
  await clock.pass(1000);
  expect(clock.waiting()).toBe(0);
});

test('a new listener gets the text of the last moments, which may not be stored yet', async () => {
  const turn = begin('one');
  await say(turn, 'stored', 1000);
  await say(turn, ' new');
  listened.add('here/one');
  await clock.pass(300);
  await say(turn, ' newer');
  expect(published).toEqual(['here/one  new', 'here/one  newer']);
  listened.clear();
  await clock.pass(300);
  await say(turn, ' unheard', 1000);
  listened.add('here/one');
  await clock.pass(300);
  await say(turn, ' heard');
  expect(published.slice(2)).toEqual(['here/one  heard']);
});

test('a listener that comes after a retraction between two checks gets the reply anew', async () => {
  const turn = begin('one');
  await say(turn, 'a plan', 1000);
  turn.cut(0);
  await say(turn, 'Hi');
  listened.add('here/one');
  await clock.pass(300);
  await say(turn, ' there');
  expect(published).toEqual(['here/one anew: Hi', 'here/one  there']);
});

test('an end between two checks is published to those who listened at the last one', async () => {
  const [one, other] = [begin('one'), begin('other')];
  listened.add('here/one');
  await clock.pass(300);
  listened.add('here/other');
  for (const turn of [one, other]) {
    turn.write('all');
    end(turn);
  }
  await clock.pass(1000);
  expect(published).toEqual(['here/one all.']);
  expect(clock.waiting()).toBe(0);
});

test('when nobody can tell who listens, everything is published', async () => {
  away = true;
  const turn = begin('one');
  await say(turn, 'a', 300);
  await say(turn, 'b');
  expect(published).toEqual(['here/one a', 'here/one b']);
});
