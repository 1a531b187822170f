import { settingNow } from '@/lib/client/browser/use-setting';
import type { LocalTurn, TurnRegistry } from '@/lib/client/turns/turn-registry';
import { texts } from '@/lib/texts/texts';
import { isOn } from './notice-setting';
import { watchReplies } from './reply-notices';
import { markTitle } from './title-mark';

/**
 * Starts the worker, marks the title of a hidden page when a reply is done, and tells where the person allowed it.
 * Returns a function that ends the last two.
 */
export function beginNotices(registry: TurnRegistry): () => void {
  // Browsers have none over plain HTTP; where it is refused, the browser's own page is shown.
  const workers = navigator.serviceWorker as ServiceWorkerContainer | undefined;
  workers?.register('/pwa/worker.js', { scope: '/' }).catch(() => undefined);
  return watchReplies(registry, {
    isHidden: () => document.hidden,
    mark: markTitle,
    notify: (turn, text) => {
      if (isOn(settingNow('notices'))) void tell(turn, text);
    },
  });
}

/** By the worker, which telephones demand; it brings the page to the front. */
async function tell({ sessionId, problem }: LocalTurn, body: string): Promise<void> {
  const worker = await navigator.serviceWorker.getRegistration('/');
  const url = new URL(`/s/${encodeURIComponent(sessionId)}`, location.href).href;
  await worker?.showNotification(texts.notices[problem ? 'failed' : 'done'], {
    body,
    tag: sessionId,
    icon: '/pwa/icon-192.png',
    data: { url },
  });
}
