import { longestTexts } from '@/app/composition';
import { startTurn } from '@/app/api/chat/start-turn';
import type { WatchedTurn } from '@/lib/chat/turn/live-turn';
import { inputWithoutSession, inputInSession } from '@/lib/completions/turn-input';
import type { About } from '@/lib/completions/completion';
import { completionInput } from '@/lib/completions/completion-input';
import { parseInput, readJson } from '@/lib/http/request/body';
import type { RouteContext } from '@/lib/http/response/route';
import { plainId } from '@/lib/sessions/id';

/** A completion that is being written. */
export interface SentCompletion {
  readonly turn: WatchedTurn;
  readonly about: About;
  readonly stream: boolean;
  readonly withUsage: boolean;
}

/** Validates a request for a completion and begins its turn. */
export async function sendCompletion(
  request: Request,
  context: RouteContext,
): Promise<SentCompletion> {
  const {
    stream,
    stream_options: options,
    ...input
  } = parseInput(completionInput, await readJson(request));
  const named = request.headers.get('x-ask-session');
  const sessionId = named ? plainId(named) : (input.metadata?.session_id ?? null);
  const { text, modelOptions } = (sessionId === null ? inputWithoutSession : inputInSession)(
    input,
    longestTexts(),
  );
  // A retry may join its turn without a `begin`, where its model is not listed any more.
  let used = input.model ?? '';
  const turn = await startTurn(request, context, {
    // Without `stream`: a broken stream can be asked for again as a whole.
    input: { ...input, sessionId },
    model: input.model ?? undefined,
    sessionId,
    begin: (turns, order) => {
      used = order.model;
      return turns.send({ ...order, sessionId, text, retryOf: null, modelOptions });
    },
  });
  const created = Math.floor(Date.now() / 1000);
  return {
    turn,
    about: { requestId: turn.requestId, model: used, created },
    stream: stream ?? false,
    withUsage: options?.include_usage ?? false,
  };
}
