/** The upstream's base URL, as `fetch` and the SDK accept it. */
export interface UpstreamAddress {
  readonly url: string;
  /** The Authorization header made from user and password in the URL; null if it has none. */
  readonly authorization: string | null;
}

/** Paths that people copy from example requests. */
const ENDPOINT = /\/+(chat\/completions|completions|responses|embeddings|models)$/;

/** Parses OPENAI_BASE_URL leniently. `mistake` is a sentence that does not contain the value. */
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

/** Undefined: malformed percent-encoding. */
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

/** True when the path of a URL has no version such as `/v1`. */
export const lacksVersion = (url: string): boolean => !/\/v\d/.test(new URL(url).pathname);
