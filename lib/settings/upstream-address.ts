/** Where the upstream is, as `fetch` and the SDK take it. */
export interface UpstreamAddress {
  readonly url: string;
  /** The header that a user and password in the address become; null when it has none. */
  readonly authorization: string | null;
}

/** What people copy from an example of a request. */
const ENDPOINT = /\/+(chat\/completions|completions|responses|embeddings|models)$/;

/** Reads an address as people write it; a sentence without the value where it cannot be meant. */
export function readAddress(text: string): UpstreamAddress | { readonly mistake: string } {
  if (!/^https?:\/\/[^/]/i.test(text) || !URL.canParse(text))
    return { mistake: 'must be an http or https address such as http://localhost:11434/v1' };
  const url = new URL(text);
  const authorization = authorizationOf(url);
  if (authorization === undefined)
    return { mistake: 'must have % in its user or password written as %25' };
  url.username = '';
  url.password = '';
  url.hash = '';
  url.pathname = url.pathname.replace(/\/+$/, '').replace(ENDPOINT, '');
  return { url: url.href.replace(/\/$/, ''), authorization };
}

/** Undefined: it cannot be read. */
function authorizationOf({ username, password }: URL): string | null | undefined {
  if (!username && !password) return null;
  try {
    const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
    return `Basic ${Buffer.from(pair).toString('base64')}`;
  } catch (malformed) {
    if (malformed instanceof URIError) return undefined;
    throw malformed;
  }
}

/** True when the path of an address says no version, as `/v1` does. */
export const lacksVersion = (url: string): boolean => !/\/v\d/.test(new URL(url).pathname);
