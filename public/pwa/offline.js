/** What it says in other languages than English, which the page has. The choice is lib/texts/languages.ts's. */
const GERMAN = {
  title: 'Nicht verbunden · Ask-Next',
  heading: 'Der Server ist nicht erreichbar',
  kept: 'Dein Entwurf ist in diesem Browser gespeichert',
  again: 'Erneut versuchen',
  silent:
    'Dieses Gerät ist online, aber der Server antwortet nicht. Die Seite öffnet sich von selbst, sobald er es tut.',
  offline:
    'Dieses Gerät ist offline. Die Seite öffnet sich von selbst, sobald es eine Verbindung gibt.',
};
const ENGLISH = {
  silent:
    'This device is online, but the server does not answer. The page opens by itself as soon as it does.',
  offline: 'This device is offline. The page opens by itself as soon as there is a connection.',
};

/** Says which of the two is away, shows the draft of the page that was asked for, and opens it when it can be had. */
const LOOK_MS = 4000;

const at = (id) => document.getElementById(id);
const session = /^\/s\/([\w-]+)/.exec(location.pathname)?.[1] ?? 'new';

const chosen = /(?:^|; )ask_language=([^;]*)/.exec(document.cookie)?.[1];
const language = chosen ?? navigator.languages.find((name) => /^(?:de|en)\b/.test(name)) ?? 'en';
const isGerman = /^de\b/.test(language);
const texts = isGerman ? GERMAN : ENGLISH;

function translate() {
  document.documentElement.lang = 'de';
  document.title = GERMAN.title;
  document.querySelector('h1').textContent = GERMAN.heading;
  document.querySelector('label').textContent = GERMAN.kept;
  at('again').textContent = GERMAN.again;
}

function draft() {
  const place = `ask-next:draft:${session}`;
  try {
    return sessionStorage.getItem(place) ?? localStorage.getItem(place) ?? '';
  } catch {
    return '';
  }
}

function say() {
  at('reason').textContent = navigator.onLine ? texts.silent : texts.offline;
}

async function look() {
  try {
    const { ok } = await fetch('/health', { cache: 'no-store' });
    if (ok) location.reload();
  } catch {
    say();
  }
}

if (isGerman) translate();
const written = draft();
at('kept').hidden = written === '';
at('draft').value = written;
say();
at('again').addEventListener('click', () => void look());
addEventListener('online', () => void look());
addEventListener('offline', say);
setInterval(() => void look(), LOOK_MS);
