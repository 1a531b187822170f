import type { ModelEvent } from '@/lib/ports/model';

/** An `onEvent` that passes on the text alone. */
export const textListener =
  (onText: (text: string) => unknown = () => undefined) =>
  (event: ModelEvent): unknown =>
    event.kind === 'text' ? onText(event.text) : undefined;
