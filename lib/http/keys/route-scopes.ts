import type { Principal } from '@/lib/accounts/principal';
import type { Scope } from '@/lib/accounts/scopes';
import { AppError } from '@/lib/errors';

/** The scope that each call needs; null: none. */
export const ROUTE_SCOPES: Readonly<Record<string, Scope | null>> = {
  'POST /api/chat': 'chat',
  'POST /api/chat/stream': 'chat',
  'GET /api/chat/stream/:requestId': 'chat',
  'DELETE /api/chat/stream/:requestId': 'chat',
  'GET /api/models': 'chat',
  'POST /api/connection': 'chat',
  'GET /api/sessions': 'sessions:read',
  'POST /api/sessions': 'sessions:write',
  'DELETE /api/sessions': 'sessions:write',
  'GET /api/sessions/changes': 'sessions:read',
  'POST /api/sessions/bulk': 'sessions:write',
  'POST /api/sessions/import': 'sessions:write',
  'GET /api/sessions/:id': 'sessions:read',
  'PATCH /api/sessions/:id': 'sessions:write',
  'DELETE /api/sessions/:id': 'sessions:write',
  'GET /api/sessions/:id/export': 'sessions:read',
  'POST /api/sessions/:id/fork': 'sessions:write',
  'POST /api/sessions/:id/messages': 'sessions:write',
  'GET /api/sessions/:id/messages/:messageId/prompt': 'sessions:read',
  'POST /api/sessions/:id/restore': 'sessions:write',
  'GET /api/sessions/:id/memory': 'sessions:read',
  'PUT /api/sessions/:id/memory': 'sessions:write',
  'PATCH /api/sessions/:id/memory': 'sessions:write',
  'DELETE /api/sessions/:id/memory': 'sessions:write',
  'GET /api/sessions/:id/memory/revisions': 'sessions:read',
  'GET /api/about': 'sessions:read',
  'PUT /api/about': 'sessions:write',
  'PATCH /api/about': 'sessions:write',
  'DELETE /api/about': 'sessions:write',
  'GET /api/about/revisions': 'sessions:read',
  'GET /api/tags': 'sessions:read',
  'GET /api/search': 'sessions:read',
  'GET /api/export': 'sessions:read',
  'GET /api/page': 'sessions:read',
  'GET /api/page/messages': 'sessions:read',
  'GET /api/usage': 'usage:read',
  'GET /api/keys': 'admin',
  'POST /api/keys': 'admin',
  'DELETE /api/keys/:id': 'admin',
  'POST /v1/chat/completions': 'chat',
  'GET /v1/models': 'chat',
  'GET /v1/models/:id': 'chat',
  'GET /openapi.json': null,
  // For browsers of people who are signed in or sign in: they need the browser's sign-in,
  // or look at no credentials.
  'POST /api/auth/sign-in': null,
  'POST /api/auth/sign-up': null,
  'POST /api/auth/link': null,
  'GET /api/auth/oidc': null,
  'POST /api/auth/oidc': null,
  'DELETE /api/auth/oidc': null,
  'GET /api/auth/oidc/callback': null,
  'GET /api/auth/passkeys': null,
  'POST /api/auth/passkeys': null,
  'DELETE /api/auth/passkeys/:id': null,
  'POST /api/auth/passkeys/registration': null,
  'POST /api/auth/passkeys/challenge': null,
  'POST /api/auth/passkeys/sign-in': null,
  'POST /api/auth/sign-out': null,
  'GET /api/auth/sign-ins': null,
  'DELETE /api/auth/sign-ins': null,
  'DELETE /api/auth/sign-ins/:id': null,
  'PUT /api/auth/password': null,
  'GET /api/auth/claim': null,
  'POST /api/auth/claim': null,
  'GET /api/auth/links': null,
  'POST /api/auth/links': null,
  'DELETE /api/auth/links/:id': null,
  'GET /api/account': null,
  'DELETE /api/account': null,
  'POST /api/doctor': null,
  'GET /api/settings': null,
  'PATCH /api/settings': null,
  'GET /api/people': null,
  'PATCH /api/people/:id': null,
  'DELETE /api/people/:id': null,
  'GET /metrics': null,
  'GET /health': null,
  'GET /health/ready': null,
  // Unknown addresses.
  'GET /api/*': null,
  'POST /api/*': null,
  'PUT /api/*': null,
  'PATCH /api/*': null,
  'DELETE /api/*': null,
  'GET /v1/*': null,
  'POST /v1/*': null,
  'PUT /v1/*': null,
  'PATCH /v1/*': null,
  'DELETE /v1/*': null,
};

/** Every page shows sessions. */
export const PAGE_SCOPE: Scope = 'sessions:read';

/** Throws `forbidden` where the principal may not make this call. One that is not listed needs `admin` of a stored key. */
export function checkRoute(method: string, pattern: string, principal: Principal): void {
  const call = `${method === 'HEAD' ? 'GET' : method} ${pattern}`;
  const scope = Object.hasOwn(ROUTE_SCOPES, call) ? ROUTE_SCOPES[call] : undefined;
  if (scope) checkScope(scope, principal);
  else if (scope === undefined && principal.keyId !== undefined) checkScope('admin', principal);
}

/** Throws `forbidden` without this scope. */
export function checkScope(scope: Scope, { kind, scopes }: Principal): void {
  if (scopes.includes(scope)) return;
  if (kind === 'visitor') throw new AppError({ kind: 'forbidden', reason: 'account-needed' });
  throw new AppError({ kind: 'forbidden', reason: 'scope', scope });
}
