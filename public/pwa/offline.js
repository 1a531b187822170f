/** Says which of the two is away, shows the draft of the page that was asked for, and opens it when it can be had. */
const LOOK_MS = 4000;

const at = (id) => document.getElementById(id);
const session = /^\/s\/([\w-]+)/.exec(location.pathname)?.[1] ?? 'new';

function draft() {
  const place = `ask-next:draft:${session}`;
  try {
    return sessionStorage.getItem(place) ?? localStorage.getItem(place) ?? '';
  } catch {
    return '';
  }
}

function say() {
  at('reason').textContent = navigator.onLine
    ? 'This device is online, but the server does not answer. The page opens by itself as soon as it does.'
    : 'This device is offline. The page opens by itself as soon as there is a connection.';
}

async function look() {
  try {
    const { ok } = await fetch('/health', { cache: 'no-store' });
    if (ok) location.reload();
  } catch {
    say();
  }
}

const written = draft();
at('kept').hidden = written === '';
at('draft').value = written;
say();
at('again').addEventListener('click', () => void look());
addEventListener('online', () => void look());
addEventListener('offline', say);
setInterval(() => void look(), LOOK_MS);
