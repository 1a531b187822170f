import type { ServerResponse } from 'node:http';
import { sourceUnit, textUnits, reasoningUnits, type Units } from '../../programs/units';
import {
  cited,
  DONE,
  FINISH,
  openStream,
  thought,
  token,
  type Upstream,
} from '../../upstream/upstream';
import { lastQuestion } from './last-question';

/** An upstream that answers each question when the test tells it to. */
export interface HeldReplies {
  isHeld(question: string): boolean;
  /** A thought, a source and these words. Returns the units that they are. */
  say(question: string, words: string): Units;
  finish(question: string): void;
}

export function heldReplies(upstream: Upstream): HeldReplies {
  const streams = new Map<string, ServerResponse>();
  upstream.behave((response, { body }) => {
    streams.set(lastQuestion(body).question, openStream(response));
  });
  return {
    isHeld: (question) => streams.get(question)?.destroyed === false,
    say(question, words) {
      const page = `https://x.y/${encodeURIComponent(question + words)}`;
      streams.get(question)?.write(thought('hm') + cited(page) + token(words));
      return [...reasoningUnits('hm'), sourceUnit(page), ...textUnits(words)];
    },
    finish: (question) => streams.get(question)?.end(FINISH + DONE),
  };
}
