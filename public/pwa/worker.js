/**
 * Shows a page of ours where the server cannot be reached. It keeps that page and nothing else: no conversation is ever in
 * its cache (docs/decisions/058). Change the name of the cache with its files.
 */
const CACHE = 'ask-next-offline-2';
const PAGE = '/pwa/offline.html';
/** How long pages may take to say what they show. */
const ANSWER_MS = 700;
const FILES = [PAGE, '/pwa/offline.css', '/pwa/offline.js', '/pwa/icon-192.png'];

addEventListener('install', (event) => {
  event.waitUntil(kept().then(() => skipWaiting()));
});

addEventListener('activate', (event) => {
  event.waitUntil(begun());
});

addEventListener('fetch', (event) => {
  const { mode, method, url } = event.request;
  const { pathname } = new URL(url);
  if (mode === 'navigate' && method === 'GET') event.respondWith(pageOf(event));
  else if (FILES.includes(pathname)) event.respondWith(fileOf(event.request));
});

/** A notice that is clicked brings its page to the front. */
addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(shown(event.notification.data?.url ?? '/'));
});

async function kept() {
  const cache = await caches.open(CACHE);
  await cache.addAll(FILES.map((file) => new Request(file, { cache: 'reload' })));
}

async function begun() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith('ask-next-') && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  // The page is asked for while this worker starts: it costs a navigation nothing.
  await registration.navigationPreload?.enable();
  await clients.claim();
}

async function pageOf(event) {
  try {
    return (await event.preloadResponse) ?? (await fetch(event.request));
  } catch (error) {
    const page = await caches.match(PAGE);
    if (page) return page;
    throw error;
  }
}

const fileOf = async (request) => {
  try {
    return await fetch(request);
  } catch (error) {
    const file = await caches.match(request.url);
    if (file) return file;
    throw error;
  }
};

async function shown(url) {
  const all = await clients.matchAll({ type: 'window' });
  const shows = async (client) => {
    if ((await addressOf(client)) !== url) throw new Error('It shows something else');
    return client;
  };
  // The first that shows it: another one may sleep.
  const there = await Promise.any(all.map(shows)).catch(() => null);
  await (there ? there.focus() : clients.openWindow(url));
}

/** The address that a page shows now: `client.url` is the one that it was loaded with. */
const addressOf = (client) =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener('message', ({ data }) => resolve(data));
    port1.start();
    // A page that is not of ours, or sleeps. Browsers let a click open a window for a second.
    setTimeout(resolve, ANSWER_MS, client.url);
    client.postMessage(null, [port2]);
  });
