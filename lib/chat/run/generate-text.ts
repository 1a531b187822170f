import type { Clock } from '@/lib/ports/clock';
import type { Model, PromptMessage } from '@/lib/ports/model';

const TIMEOUT_MS = 60_000;
/** A model may output its reasoning first, which is recognised only when it ends. In UTF-16 units. */
const THOUGHT_MAX = 50_000;

interface Wanted {
  readonly requestId: string;
  readonly model: string;
  readonly messages: readonly PromptMessage[];
  /** How much of the answer is of use, in UTF-16 units. */
  readonly max: number;
}

/** The text that a model answers, outside of a turn. Rejects when the model fails or takes too long. */
export async function generateText(
  { model, clock }: { readonly model: Model; readonly clock: Pick<Clock, 'after'> },
  { requestId, model: name, messages, max }: Wanted,
): Promise<string> {
  const controller = new AbortController();
  const cancel = clock.after(TIMEOUT_MS, () => {
    controller.abort();
  });
  const answerMax = max + THOUGHT_MAX;
  let text = '';
  try {
    await model.stream({
      requestId,
      model: name,
      messages,
      signal: controller.signal,
      onEvent: (event) => {
        if (event.kind === 'text') text += event.text;
        else if (event.kind === 'cut') text = text.slice(0, event.length);
        // Abort a model that does not stop. The text so far is cut like any long answer.
        if (text.length > answerMax) controller.abort();
      },
    });
  } catch (cause) {
    if (text.length <= answerMax) throw cause;
  } finally {
    cancel();
  }
  return text;
}
