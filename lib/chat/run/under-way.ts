import type { ModelRequest } from '@/lib/ports/model';

type Listeners = Pick<ModelRequest, 'onSent' | 'onRefused'>;

/** Follows a request through its listeners: `isNow` while the upstream was asked and has not refused. */
export function underWay({ onSent, onRefused }: Listeners) {
  let isNow = false;
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
  return { isNow: () => isNow, listeners };
}
