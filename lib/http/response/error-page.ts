import { createHash } from 'node:crypto';

/** The page for a refused request: self-contained, without scripts. */
interface Refusal {
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  readonly status: number;
  readonly sentence: string;
  readonly requestId: string;
  /** When to try again; null: that is not known. */
  readonly again: string | null;
}

const STYLE =
  ':root{color-scheme:light dark;font:1rem/1.5 system-ui,sans-serif}' +
  'main{max-width:32rem;margin:20vh auto 0;padding:0 1.5rem}' +
  'h1{font-size:1.4rem;margin:0}' +
  'small{opacity:.7;overflow-wrap:anywhere}';

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

export const ERROR_PAGE_HEADERS = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
};

/** True when a browser asks for a page. */
export const wantsPage = (method: string, accept: string | null | undefined): boolean =>
  (method === 'GET' || method === 'HEAD') && /(^|,)\s*text\/html\b/i.test(accept ?? '');

export function errorPage({
  language,
  direction,
  status,
  sentence,
  requestId,
  again,
}: Refusal): string {
  const advice = again === null ? '' : `<p>${escaped(again)}</p>`;
  return (
    `<!doctype html><html lang="${language}" dir="${direction}"><head><meta charset="utf-8">` +
    '<meta name="viewport" content="width=device-width, initial-scale=1">' +
    `<title>${String(status)} · Ask-Next</title><style>${STYLE}</style></head>` +
    `<body><main><h1>${escaped(sentence)}</h1>${advice}` +
    `<p><small>Ref: ${escaped(requestId)}</small></p></main></body></html>`
  );
}

const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${String(character.charCodeAt(0))};`);
