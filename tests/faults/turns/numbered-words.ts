import { setTimeout as wait } from 'node:timers/promises';
import { DONE, FINISH, openStream, token, type Behaviour } from '../../upstream/upstream';
import { askedQuestion } from './asked-question';
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

/** Answers at a random pace; a continuation resumes where the text ends. */
export function numberedWords(): NumberedWords {
  const all = new Map<string, Said>();
  const said = (question: string): Said => {
    const known = all.get(question) ?? { generations: 0, lengths: [], leftAt: Infinity };
    all.set(question, known);
    return known;
  };
  const behaviour: Behaviour = async (response, { body }) => {
    const { at, question } = askedQuestion(body);
    let { length } = body.messages[at + 1]?.content ?? '';
    const about = said(question);
    about.generations += 1;
    about.lengths = [];
    about.leftAt = Infinity;
    const chance = chanceOf(numberOf(question) + about.generations);
    openStream(response).on('close', () => {
      if (!response.writableEnded) about.leftAt = performance.now();
    });
    for (const word of wholeReply(question)
      .slice(length)
      .match(/\S+\s*/g) ?? []) {
      if (response.destroyed) return;
      length += word.length;
      response.write(token(word));
      about.lengths.push({ at: performance.now(), length });
      await wait(chance.between(0, 25));
    }
    response.end(FINISH + DONE);
  };
  return { behaviour, said };
}
