import type { ServerResponse } from 'node:http';
import { DONE, FINISH, openStream, token, type Upstream } from '../../upstream/upstream';
import { askedQuestion } from './asked-question';

/** An upstream that answers each question when the test tells it to. */
export interface HeldReplies {
  isHeld(question: string): boolean;
  say(question: string, text: string): void;
  finish(question: string): void;
}

export function heldReplies(upstream: Upstream): HeldReplies {
  const streams = new Map<string, ServerResponse>();
  upstream.behave((response, { body }) => {
    streams.set(askedQuestion(body).question, openStream(response));
  });
  return {
    isHeld: (question) => streams.get(question)?.destroyed === false,
    say: (question, text) => streams.get(question)?.write(token(text)),
    finish: (question) => streams.get(question)?.end(FINISH + DONE),
  };
}
