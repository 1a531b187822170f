import type { Model, ModelEvent, ModelRequest } from '@/lib/ports/model';
import { upstreamError } from '@/lib/llm/failure/upstream-error';
import type { Watchdog } from './watchdog';
import { completion, type Completion } from './completion';
import { readAhead } from './read-ahead';
import { readTimeouts, type Limits } from './read-timeouts';
import { DONE } from './sse-parser';

/** Emits the events in these values. `taken` resolves when the reader wants more. Throws the upstream's error. */
type Deliver = (values: readonly unknown[]) => {
  readonly progressed: boolean;
  readonly taken: unknown;
};

/** Whether a model begins within a thought that its chat template opened. */
interface ReasoningStart {
  readonly expected: boolean;
  readonly learn: (began: boolean) => void;
}

type ReadOptions = Pick<ModelRequest, 'onEvent' | 'withReasoning' | 'parameters'>;

/** Emits the events of an answer as they arrive. Rejects if it breaks off or reports an error, even after some text. */
export async function readAnswer(
  response: Response,
  { onEvent, withReasoning = false, parameters }: ReadOptions,
  silence: Watchdog,
  limits: Limits,
  reasoningStart: ReasoningStart,
): ReturnType<Model['stream']> {
  const withTools = parameters?.['tools'] !== undefined;
  const reply = completion({
    startsInReasoning: reasoningStart.expected,
    withReasoning,
    withTools,
  });
  const emit = (events: readonly ModelEvent[]) => {
    let taken: unknown;
    for (const event of events) taken = onEvent(event) ?? taken;
    return taken;
  };
  const deliver: Deliver = (values) => {
    const events = reply.read(values);
    const progressed = reply.hadContent();
    const taken = emit(progressed && events.length === 0 ? PROGRESS : events);
    const failure = reply.failure();
    if (failure) throw failure;
    return { progressed, taken };
  };
  if (!response.body) throw upstreamError('broken', 'the answer is empty');
  silence.restart(limits.idleTimeoutMs);
  try {
    await readStream(response.body, reply, deliver, silence, limits).finally(async () => {
      // Held back text counts, even if the response broke off.
      await emit(reply.end());
      const began = reply.beganInReasoning();
      if (began !== null) reasoningStart.learn(began);
    });
    checkWhole(reply);
  } catch (broken) {
    const usage = reply.usageSoFar();
    if (usage) onEvent({ kind: 'usage', usage });
    throw broken;
  }
  return { usage: reply.usage(), finish: reply.finish() };
}

function checkWhole(reply: Completion): void {
  if (!reply.readable() && !reply.finished()) throw upstreamError('broken', 'unparsable response');
  if (!reply.isWhole()) throw upstreamError('unreachable', 'the answer was cut off');
}

const ENDED = { values: [], bytes: 0, done: true } as const;
const PROGRESS: readonly ModelEvent[] = [{ kind: 'progress' }];

async function readStream(
  body: ReadableStream<Uint8Array>,
  reply: Completion,
  deliver: Deliver,
  silence: Watchdog,
  limits: Limits,
): Promise<void> {
  const read = readAhead(body);
  const timeoutAfter = readTimeouts(reply, limits, () => performance.now());
  let wanted: unknown;
  for (;;) {
    const { values, bytes, done } = await read(wanted).catch((broken: unknown) => {
      // The reply is complete; how the connection ends does not matter.
      if (reply.finished()) return ENDED;
      throw broken;
    });
    const { progressed, taken } = deliver(values);
    if (done) return;
    const waitMs = timeoutAfter({ bytes, progressed, isOver: values.includes(DONE) });
    if (waitMs === null) return;
    silence.restart(waitMs);
    // Back-pressure. A complete reply needs none.
    wanted = reply.finished() ? undefined : taken;
  }
}
