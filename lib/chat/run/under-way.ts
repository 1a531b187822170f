import type { ModelEvent, ModelRequest } from '@/lib/ports/model';

type Listeners = Pick<ModelRequest, 'onSent' | 'onRefused'>;

/** Follows a request: whether the upstream was asked and has not refused, and has begun to answer. */
export function underWay({ onSent, onRefused }: Listeners) {
  let isNow = false;
  let begun = false;
  const listeners: Required<Listeners> = {
    onSent(sent) {
      isNow = true;
      onSent?.(sent);
    },
    onRefused() {
      isNow = false;
      onRefused?.();
    },
  };
  return {
    listeners,
    hear({ kind }: ModelEvent) {
      // Thoughts that are dropped are heard as progress.
      if (kind !== 'usage') begun = true;
    },
    /** Whether the upstream may bill a request that ended without text. */
    isBilled: (aborted: boolean) => begun || (aborted && isNow),
  };
}
