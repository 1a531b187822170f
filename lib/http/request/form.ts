import { readJson } from './body';

/** True for what a form sends when the page's script does not. */
const isForm = ({ headers }: Request): boolean =>
  /^application\/x-www-form-urlencoded\b/i.test(headers.get('content-type') ?? '');

/** The most characters of a form: names and passwords are short. */
const FORM_MAX = 20_000;

export interface Sent {
  readonly fields: Record<string, unknown>;
  /** The response must be another page. */
  readonly isForm: boolean;
}

/** The fields of a JSON body or of a form. Empty fields of a form count as missing. */
export async function readSent(request: Request): Promise<Sent> {
  if (!isForm(request)) return { fields: await readJson(request), isForm: false };
  const text = (await request.text()).slice(0, FORM_MAX);
  const pairs = [...new URLSearchParams(text)].filter(([, value]) => value !== '');
  return { fields: Object.fromEntries(pairs), isForm: true };
}
