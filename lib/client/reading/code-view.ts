import { useSyncExternalStore } from 'react';
import { rememberForServer } from '@/lib/client/browser/cookies';
import { listeners } from '@/lib/listeners';
import { type CodeView, knownCodeViews } from '@/lib/page/code-view';
import { CODE_COOKIE } from '@/lib/page/cookies';

/**
 * The views stand in an attribute of the page, which the server writes from a cookie: styles do the rest, so that no code
 * is rendered again, and none moves when the page opens.
 */
const changes = listeners();

const shown = (): string => document.documentElement.dataset['code'] ?? '';
const has = (view: CodeView): boolean => shown().split(' ').includes(view);

export const useCodeView = (view: CodeView): boolean =>
  useSyncExternalStore(
    changes.add,
    () => has(view),
    () => false,
  );

export function toggleCodeView(view: CodeView): void {
  const others = shown().replace(view, '');
  const next = knownCodeViews(has(view) ? others : `${others} ${view}`);
  document.documentElement.dataset['code'] = next;
  rememberForServer(CODE_COOKIE, next === '' ? null : next);
  changes.notify();
}
