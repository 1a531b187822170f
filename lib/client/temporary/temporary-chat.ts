import { newId } from '@/lib/client/browser/new-id';
import { observable, type Observable } from '@/lib/client/browser/observable';
import { requestStream, type CallResult } from '@/lib/client/net/call';
import { UNREACHABLE, type Problem } from '@/lib/client/net/problem';
import { IDLE_TIMEOUT_MS } from '@/lib/client/net/backoff';
import { readTurnStream } from '@/lib/client/turns/read-turn-stream';
import { KIND } from '@/lib/client/turns/turn-registry';
import { textOf } from '@/lib/reply/entry';
import { replyLog, type ReplyLog } from '@/lib/reply/log';
import { sourcesOf } from '@/lib/reply/source';
import { historyOf, type TemporaryMessage } from './history';

export interface TemporaryState {
  readonly messages: readonly TemporaryMessage[];
  /** The reply being written, which becomes the last message; null: none is. */
  readonly reply: TemporaryMessage | null;
  readonly problem: Problem | null;
  /** The draft, kept here so that it survives a visit to another page. */
  readonly draft: string;
}

/** A conversation that no server and no storage has: closing or reloading the tab ends it. */
export interface TemporaryChat {
  readonly state: Observable<TemporaryState>;
  type(draft: string): void;
  /** Sends the draft. When there is no reply, its words are in the draft again, before what was typed since. */
  send(model: string): Promise<void>;
  stop(): void;
  /** Clears the messages; the draft stays. */
  clear(): void;
}

export const NO_TEMPORARY_CHAT: TemporaryState = {
  messages: [],
  reply: null,
  problem: null,
  draft: '',
};

export function openTemporaryChat(): TemporaryChat {
  const state = observable(NO_TEMPORARY_CHAT);
  let running: AbortController | null = null;

  const change = (by: Partial<TemporaryState>) => {
    const next = { ...state.get(), ...by };
    state.set(next);
    warnBeforeLoss(next.messages.length > 0 || next.draft.trim() !== '');
  };

  const send = async (model: string): Promise<void> => {
    const { messages: before, draft } = state.get();
    const text = draft.trim();
    const controller = new AbortController();
    running?.abort();
    running = controller;
    const isOver = () => running !== controller;
    const sent = [...before, message('user', text)];
    const begun = message('assistant', '');
    change({ messages: sent, reply: begun, problem: null, draft: '' });
    const log = replyLog();
    const problem = await requestReply(
      { text, model, history: historyOf(before) },
      controller.signal,
      log,
      () => {
        if (!isOver()) change({ reply: { ...begun, content: textOf(log.since(0)) } });
      },
    );
    if (isOver()) return;
    running = null;
    const content = textOf(log.since(0));
    const over = { reply: null, problem: controller.signal.aborted ? null : problem };
    if (content.trim() === '') {
      change({ ...over, messages: before, draft: inFront(text, state.get().draft) });
      return;
    }
    const reply = { ...begun, content, sources: sourcesOf(log.since(0)) };
    change({ ...over, messages: [...sent, reply] });
  };

  return {
    state,
    type(draft) {
      change({ draft });
    },
    send,
    // Keeps the partial reply.
    stop: () => running?.abort(),
    clear() {
      running?.abort();
      running = null;
      change({ ...NO_TEMPORARY_CHAT, draft: state.get().draft });
    },
  };
}

interface Question {
  readonly text: string;
  readonly model: string;
  readonly history: ReturnType<typeof historyOf>;
}

/** Without a key: the server then keeps the text nowhere, and stops when the connection ends. */
async function requestReply(
  { text, model, history }: Question,
  signal: AbortSignal,
  log: ReplyLog,
  onChange: () => void,
): Promise<Problem | null> {
  const body = { message: text, ...(model && { model }), ...(history.length > 0 && { history }) };
  try {
    const answer = await requestStream('/api/chat/stream', { method: 'POST', signal, body });
    return answer.ok ? await readReply(answer, log, onChange) : answer.problem;
  } catch (thrown) {
    if (signal.aborted) return null;
    throw thrown;
  }
}

async function readReply(
  { value }: Extract<CallResult<Response>, { ok: true }>,
  log: ReplyLog,
  onChange: () => void,
): Promise<Problem | null> {
  const outcome = await readTurnStream(value, {
    reply: log,
    idleTimeoutMs: IDLE_TIMEOUT_MS,
    onEvent(event) {
      if (event.type === 'turn-start' || event.type === 'turn-end') return;
      if (event.type === 'reply-cut') log.cut(event.length);
      else log.append(KIND[event.type], event.text);
      onChange();
    },
  });
  return outcome.kind === 'lost' ? UNREACHABLE : outcome.problem;
}

const message = (role: TemporaryMessage['role'], content: string): TemporaryMessage => ({
  id: newId(),
  role,
  content,
  sources: [],
});

const inFront = (text: string, draft: string): string =>
  draft.trim() === '' ? text : `${text}\n\n${draft}`;

/** Asks before a reload or a closed tab ends it. */
function warnBeforeLoss(isOn: boolean): void {
  if (isOn) window.addEventListener('beforeunload', askFirst);
  else window.removeEventListener('beforeunload', askFirst);
}

const askFirst = (event: BeforeUnloadEvent) => {
  event.preventDefault();
};
