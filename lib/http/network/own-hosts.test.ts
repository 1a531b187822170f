import { expect, test } from 'vitest';
import { readEnv } from '@/lib/env';
import { ownHosts, readHost } from './own-hosts';

test.each([
  ['Chat.Example.com', { name: 'chat.example.com', port: null }],
  ['chat.example.com.:8443', { name: 'chat.example.com', port: '8443' }],
  ['[::1]:3000', { name: '::1', port: '3000' }],
  ['127.0.0.1', { name: '127.0.0.1', port: null }],
  ['::1', null],
  ['user@localhost', null],
  ['localhost/', null],
  ['a b', null],
  ['', null],
])('the Host header %s parses as %o', (header, host) => {
  expect(readHost(header)).toEqual(host);
});

const isOwn = ownHosts(
  readEnv({
    ALLOWED_HOSTS: 'Chat.Example.com, *.wild.example',
    HOST: 'listening.example',
    RENDER_EXTERNAL_HOSTNAME: 'ask.onrender.com',
    VERCEL_URL: 'ask-1.vercel.app',
    VERCEL_BRANCH_URL: 'ask-git-main.vercel.app',
    VERCEL_PROJECT_PRODUCTION_URL: 'ask.example.org',
    FLY_APP_NAME: 'ask',
    RAILWAY_PUBLIC_DOMAIN: 'ask.up.railway.app',
    HEROKU_APP_DEFAULT_DOMAIN_NAME: 'ask-12.herokuapp.com',
    FRONTEND_ORIGIN: 'https://friend.example',
  }),
  'Laptop.corp.example',
);

test.each([
  '127.0.0.1',
  '203.0.113.9',
  '::1',
  'localhost',
  'ask.localhost',
  'laptop',
  'laptop.local',
  'laptop.corp.example',
  'chat.example.com',
  'one.wild.example',
  'listening.example',
  'ask.onrender.com',
  'ask.up.railway.app',
  'healthcheck.railway.app',
  'ask-12.herokuapp.com',
  'ask-1.vercel.app',
  'ask-git-main.vercel.app',
  'ask.example.org',
  'ask.fly.dev',
])('%s is an allowed host', (name) => {
  expect(isOwn(name)).toBe(true);
});

test.each([
  'evil.example',
  'evil.chat.example.com',
  'chat.example.com.evil.example',
  'wild.example',
  'notlocalhost',
  'localhost.evil.example',
  'laptop.evil.example',
  'other.onrender.com',
  'friend.example',
  '2130706433',
  '0x7f.1',
  '',
])('"%s" is not an allowed host', (name) => {
  expect(isOwn(name)).toBe(false);
});

test('a machine without a host name adds none', () => {
  const isOwnOfNobody = ownHosts(readEnv({}), '');
  expect(isOwnOfNobody('')).toBe(false);
  expect(isOwnOfNobody('.local')).toBe(false);
});
