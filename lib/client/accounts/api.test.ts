import { expect, test } from 'vitest';
import { browserServer, sendJson } from '@/tests/programs/browser-server';
import * as api from './api';

test('each call has its address', async () => {
  const server = await browserServer((_line, response) => {
    sendJson(response, 200, {});
  });
  const calls = [
    () => api.authenticate('sign-up', { name: 'Ada', password: 'a long password' }),
    () => api.signOut(),
    () => api.revokeSignIn('a/b'),
    () => api.revokeOtherSignIns(),
    () => api.changePassword('one', 'another'),
    () => api.makeLink({ kind: 'device' }),
    () => api.withdrawLink('a/b'),
    () => api.deleteAccount(),
    () => api.setRole('a/b', 'operator'),
    () => api.removePerson('a/b'),
    () => api.claimSessions(),
  ];
  for (const call of calls) expect(await call()).toMatchObject({ ok: true });
  expect(server.requests.map(({ line }) => line)).toEqual([
    'POST /api/auth/sign-up',
    'POST /api/auth/sign-out',
    'DELETE /api/auth/sign-ins/a%2Fb',
    'DELETE /api/auth/sign-ins',
    'PUT /api/auth/password',
    'POST /api/auth/links',
    'DELETE /api/auth/links/a%2Fb',
    'DELETE /api/account?everything=true',
    'PATCH /api/people/a%2Fb',
    'DELETE /api/people/a%2Fb',
    'POST /api/auth/claim',
  ]);
});
