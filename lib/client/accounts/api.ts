import { requestJson } from '@/lib/client/net/call';

/** The forms for signing in and making an account; each has a page and a route. */
export type AuthKind = 'sign-in' | 'sign-up' | 'reset' | 'device';

/** A link's kind, as the server names it. */
export type LinkKind = 'invitation' | 'reset' | 'device';

export interface MadeLink {
  readonly id: string;
  readonly kind: LinkKind;
  readonly token: string;
  readonly ends_at: string;
}

export const AUTH_CALLS: Readonly<Record<AuthKind, string>> = {
  'sign-in': '/api/auth/sign-in',
  'sign-up': '/api/auth/sign-up',
  reset: '/api/auth/link',
  device: '/api/auth/link',
};

export const authenticate = (kind: AuthKind, body: Readonly<Record<string, string>>) =>
  requestJson<{ next: string }>(AUTH_CALLS[kind], { method: 'POST', body });

export const signOut = () => requestJson<null>('/api/auth/sign-out', { method: 'POST' });

export const revokeSignIn = (id: string) =>
  requestJson<null>(`/api/auth/sign-ins/${encodeURIComponent(id)}`, { method: 'DELETE' });

export const revokeOtherSignIns = () =>
  requestJson<null>('/api/auth/sign-ins', { method: 'DELETE' });

export const changePassword = (current: string, password: string) =>
  requestJson<null>('/api/auth/password', { method: 'PUT', body: { current, password } });

export const makeLink = (body: { kind: LinkKind; person?: string; note?: string }) =>
  requestJson<MadeLink>('/api/auth/links', { method: 'POST', body });

export const withdrawLink = (id: string) =>
  requestJson<null>(`/api/auth/links/${encodeURIComponent(id)}`, { method: 'DELETE' });

export const deleteAccount = () =>
  requestJson<null>('/api/account?everything=true', { method: 'DELETE' });

export const setRole = (id: string, role: 'member' | 'operator') =>
  requestJson<object>(`/api/people/${encodeURIComponent(id)}`, { method: 'PATCH', body: { role } });

export const setDisabled = (id: string, disabled: boolean) =>
  requestJson<object>(`/api/people/${encodeURIComponent(id)}`, {
    method: 'PATCH',
    body: { disabled },
  });

export const removePerson = (id: string) =>
  requestJson<null>(`/api/people/${encodeURIComponent(id)}`, { method: 'DELETE' });

export const claimSessions = () =>
  requestJson<{ moved: number }>('/api/auth/claim', { method: 'POST' });

const PAGES: Readonly<Record<LinkKind, string>> = {
  invitation: '/sign-up',
  reset: '/reset',
  device: '/device',
};

/** After "#", which no server, log or proxy sees. */
export const addressOfLink = ({ kind, token }: MadeLink): string =>
  `${window.location.origin}${PAGES[kind]}#${token}`;
