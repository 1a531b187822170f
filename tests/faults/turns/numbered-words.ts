import { setTimeout as wait } from 'node:timers/promises';
import {
  cited,
  DONE,
  FINISH,
  openStream,
  thought,
  token,
  type Behaviour,
} from '../../upstream/upstream';
import type { StoredMessage } from '../../programs/api-client';
import { sourceUnit, textUnits, reasoningUnits, unitsOfMessage } from '../../programs/units';
import { lastQuestion } from './last-question';
import { chanceOf } from '../chance';

/** The upstream's generations for one question. */
export interface Said {
  /** The number of upstream requests, each of which costs money. */
  generations: number;
  /** The length of the reply over time, in the last generation. */
  lengths: { at: number; length: number }[];
  /** When the last generation was aborted. */
  leftAt: number;
}

export interface NumberedWords {
  readonly behaviour: Behaviour;
  said(question: string): Said;
}

/** The whole reply to a question, in which a lost, duplicate or misplaced word is detectable. */
export function wholeReply(question: string): string {
  const chance = chanceOf(numberOf(question));
  const words = Array.from({ length: chance.between(10, 120) }, (_, n) =>
    n % 7 === 6 ? ` ${String(n)}🧭\r\n` : ` ${String(n)}`,
  );
  return `To ${question}:${words.join('')}`;
}

const numberOf = (question: string) => Number(/\d+$/.exec(question)?.[0] ?? 0);

const wordsIn = (text: string) => text.match(/\S+\s*/g) ?? [];

/** What comes before the word at this place of the text, which may be said again after a kill. */
const before = (question: string, at: number) => ({
  thinks: at > 0 && at % 3 === 1 ? `(${String(at)})` : '',
  cites: at > 0 && at % 4 === 1 ? `https://x.y/${String(numberOf(question))}/${String(at)}` : '',
});

/** Whether all that was said before each word of a reply stands there, each source once. */
export function isWhole(question: string, message: StoredMessage): boolean {
  let at = 0;
  let pattern = '';
  const escaped = (units: readonly string[]) =>
    units.join('').replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const gap = () => {
    const { thinks, cites } = before(question, at);
    const thinking = thinks && `(?:${escaped(reasoningUnits(thinks))})`;
    const source = cites && escaped([sourceUnit(cites)]);
    return { thinking, source };
  };
  for (const word of wordsIn(message.content)) {
    const { thinking, source } = gap();
    pattern += (thinking && `${thinking}+`) + (source && source + (thinking && `${thinking}*`));
    pattern += escaped(textUnits(word));
    at += word.length;
  }
  // The word after the last one is missing, and so may be what came before it.
  const { thinking, source } = gap();
  pattern +=
    (thinking && `${thinking}*`) + (source && `(?:${source})?`) + (thinking && `${thinking}*`);
  return new RegExp(`^${pattern}$`).test(unitsOfMessage(message).join(''));
}

/** Answers at a random pace; a continuation resumes where the text ends. */
export function numberedWords(): NumberedWords {
  const all = new Map<string, Said>();
  const said = (question: string): Said => {
    const known = all.get(question) ?? { generations: 0, lengths: [], leftAt: Infinity };
    all.set(question, known);
    return known;
  };
  const behaviour: Behaviour = async (response, { body }) => {
    const { at, question } = lastQuestion(body);
    let { length } = body.messages[at + 1]?.content ?? '';
    const about = said(question);
    about.generations += 1;
    about.lengths = [];
    about.leftAt = Infinity;
    const chance = chanceOf(numberOf(question) + about.generations);
    openStream(response).on('close', () => {
      if (!response.writableEnded) about.leftAt = performance.now();
    });
    for (const word of wordsIn(wholeReply(question).slice(length))) {
      if (response.destroyed) return;
      const { thinks, cites } = before(question, length);
      if (thinks) response.write(thought(thinks));
      if (cites) response.write(cited(cites));
      length += word.length;
      response.write(token(word));
      about.lengths.push({ at: performance.now(), length });
      await wait(chance.between(0, 25));
    }
    response.end(FINISH + DONE);
  };
  return { behaviour, said };
}
