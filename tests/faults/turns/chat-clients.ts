import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { ApiClient } from '../../programs/api-client';
import { readSend } from '../../programs/app-reader';
import type { Chance } from '../chance';

/** One send, and what its client received. */
export interface Sent {
  readonly question: string;
  readonly sessionId: string;
  readonly body: object;
  /** Its idempotency key, and the id of its turn. */
  readonly key: string;
  readonly goesOn: boolean;
  /** The response began, so the server has the message. */
  acknowledged: boolean;
  /** The response ended with a complete reply. */
  complete: boolean;
}

const headersOf = ({ key }: Sent) => ({ 'Idempotency-Key': key, 'X-Request-ID': key });

/** Sends, and records each frame as it arrives. Throws when the server dies. */
export async function deliver(api: ApiClient, sent: Sent): Promise<string> {
  const reading = await readSend(api, sent.body, headersOf(sent));
  sent.acknowledged = true;
  if ((await reading.ended).includes('"state":"complete"')) sent.complete = true;
  return reading.text();
}

async function deliverPlain(api: ApiClient, sent: Sent): Promise<void> {
  const { status, body } = await api.call('POST', '/api/chat', sent.body, headersOf(sent));
  if (status !== 200) return;
  sent.acknowledged = true;
  if (body.state === undefined) sent.complete = true;
}

async function stop(api: ApiClient, { key }: Sent, afterMs: number): Promise<void> {
  await wait(afterMs);
  await api.call('DELETE', `/api/chat/stream/${key}`);
}

/** A client that sometimes stops and continues a reply, or sends without waiting, until the server dies. */
export async function talk(
  api: ApiClient,
  chance: Chance,
  newQuestion: () => string,
  sends: Sent[],
): Promise<void> {
  const sessionId = await api.createSession();
  let question = '';
  for (;;) {
    const last = (await api.messages(sessionId)).at(-1);
    const goesOn = last?.state !== undefined;
    if (!goesOn) question = newQuestion();
    const what = goesOn ? { continue: last.request_id } : { message: question };
    const sent: Sent = {
      question,
      sessionId,
      body: { session_id: sessionId, ...what },
      key: randomUUID(),
      goesOn,
      acknowledged: false,
      complete: false,
    };
    sends.push(sent);
    await Promise.all([
      deliver(api, sent),
      chance.once(2) && deliverPlain(api, sent),
      chance.once(3) && stop(api, sent, chance.between(0, 500)),
    ]);
  }
}
