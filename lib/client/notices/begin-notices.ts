import { settingNow } from '@/lib/client/browser/use-setting';
import type { LocalTurn, TurnRegistry } from '@/lib/client/turns/turn-registry';

import { isOn } from './notice-setting';
import { watchReplies } from './reply-notices';
import { markTitle } from './title-mark';
import type { Texts } from '@/lib/texts/texts';

/**
 * Starts the worker, marks the title of a hidden page when a reply is done, and tells where the person allowed it.
 * Returns a function that ends all but the worker.
 */
export function beginNotices(registry: TurnRegistry, texts: Texts): () => void {
  // Browsers have none over plain HTTP; where it is refused, the browser's own page is shown.
  const workers = navigator.serviceWorker as ServiceWorkerContainer | undefined;
  workers?.register('/pwa/worker.js', { scope: '/' }).catch(() => undefined);
  workers?.addEventListener('message', answerWithAddress);
  const unwatch = watchReplies(registry, {
    isHidden: () => document.hidden,
    mark: markTitle,
    notify: (turn, text) => {
      if (isOn(settingNow('notices')))
        void notify(texts.notices[turn.problem ? 'failed' : 'done'], turn, text);
    },
  });
  return () => {
    workers?.removeEventListener('message', answerWithAddress);
    unwatch();
  };
}

/**
 * The worker looks for the page that shows a session, and knows of each only the address that it was loaded with. Without
 * the hash, which a link within the page sets.
 */
const answerWithAddress = ({ ports: [port] }: MessageEvent) =>
  port?.postMessage(location.origin + location.pathname);

/** By the worker, which telephones demand; it brings the page to the front. */
async function notify(title: string, { sessionId }: LocalTurn, body: string): Promise<void> {
  const worker = await navigator.serviceWorker.getRegistration('/');
  const url = new URL(`/s/${encodeURIComponent(sessionId)}`, location.href).href;
  // Another reply of a session replaces its notice, and tells again. TypeScript does not know `renotify`.
  const options: NotificationOptions & { readonly renotify: boolean } = {
    body,
    tag: sessionId,
    renotify: true,
    icon: '/pwa/icon-192.png',
    data: { url },
  };
  await worker?.showNotification(title, options);
}
