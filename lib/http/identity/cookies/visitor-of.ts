import 'server-only';
import { headers as headersOfPage } from 'next/headers';
import { ownAddress } from './own-address';
import { readOwnerCookie } from './owner-cookie';
import { signInToken } from './sign-in-cookie';

type BrowserRequest = { readonly headers: Pick<Headers, 'get'>; readonly url: string };

/** The visitor that this browser was, also when a person is signed in now; null without a cookie that this server signed. */
export function visitorOf({ headers, url }: BrowserRequest): string | null {
  const pairs = (headers.get('cookie') ?? '').split(/; */).map((pair) => {
    const [name = '', ...value] = pair.split('=');
    return { name, value: value.join('=') };
  });
  return readOwnerCookie(pairs, ownAddress(headers, new URL(url)));
}

const requestOfPage = async () => {
  const headers = await headersOfPage();
  return { headers, url: `http://${headers.get('host') ?? 'localhost'}` };
};

/** The same for the page being rendered. */
export const visitorOfPage = async (): Promise<string | null> => visitorOf(await requestOfPage());

/** The token of the sign-in of the page being rendered. */
export const signInTokenOfPage = async (): Promise<string | null> =>
  signInToken(await requestOfPage());
