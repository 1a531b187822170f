import { setImmediate as turn } from 'node:timers/promises';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { driverAddress, withHint } from './postgres-address';

const warnings: Error[] = [];
const note = (warning: Error) => {
  warnings.push(warning);
};
let folder: string;

beforeEach(() => {
  process.on('warning', note);
  folder = mkdtempSync(path.join(tmpdir(), 'ask-next-ca-'));
  writeFileSync(path.join(folder, 'ca.pem'), 'a certificate');
});
afterEach(async () => {
  await turn();
  process.off('warning', note);
  rmSync(folder, { recursive: true });
  expect(warnings).toEqual([]);
});

/** How the driver reads it. */
const tlsOf = (query: string) => {
  const address = `postgres://u:p@host/db?application_name=x&${query.replace('CA', `${folder}/ca.pem`)}`;
  const { ssl } = new pg.Client({ connectionString: driverAddress(address) }) as unknown as {
    ssl: boolean | { rejectUnauthorized?: boolean; ca?: string; checkServerIdentity?: unknown };
  };
  if (typeof ssl === 'boolean') return ssl ? 'encrypted' : 'plain';
  if (ssl.rejectUnauthorized === false) return 'encrypted, unchecked';
  const name = ssl.checkServerIdentity ? 'any name' : 'its name';
  return `checked, ${name}, by ${ssl.ca ?? 'public CAs'}`;
};

test.each([
  ['sslmode=disable', 'plain'],
  ['sslmode=allow', 'plain'],
  ['sslmode=prefer', 'encrypted, unchecked'],
  ['sslmode=require', 'encrypted, unchecked'],
  ['sslmode=no-verify', 'encrypted, unchecked'],
  ['sslmode=require&sslrootcert=CA', 'checked, any name, by a certificate'],
  ['sslmode=verify-ca&sslrootcert=CA', 'checked, any name, by a certificate'],
  ['sslmode=verify-full&sslrootcert=CA', 'checked, its name, by a certificate'],
  ['sslrootcert=CA', 'checked, its name, by a certificate'],
  ['sslmode=verify-full', 'checked, its name, by public CAs'],
  ['sslmode=require&sslrootcert=system', 'checked, its name, by public CAs'],
  ['sslmode=require&channel_binding=require', 'encrypted, unchecked'],
  ['uselibpqcompat=true&sslmode=require', 'encrypted, unchecked'],
  ['sslmode=Require', 'encrypted, unchecked'],
  ['ssl=require', 'encrypted, unchecked'],
  ['ssl=prefer', 'encrypted, unchecked'],
  ['ssl=no-verify', 'encrypted, unchecked'],
  ['ssl=false', 'plain'],
  ['ssl=0', 'plain'],
  ['ssl=true', 'encrypted'],
  ['ssl=true&sslmode=require', 'encrypted, unchecked'],
  ['sslmode=require&pgbouncer=true&connection_limit=1', 'encrypted, unchecked'],
])('%s: %s, without a driver warning', (query, tls) => {
  expect(tlsOf(query)).toBe(tls);
});

test('without sslmode the URL stays as it is', () => {
  for (const address of [
    'postgres://u:pa$s@host/db',
    'postgres://host/db?application_name=sslmode',
    'postgres://host/db?options=-c+ssl=off',
    'postgres://host/db?options=-c%20a=x,sslmode=allow',
  ])
    expect(driverAddress(address)).toBe(address);
});

test('what looks like an option within the value of another stays as it is', () => {
  const written = 'postgres://host/db?options=sslrootcert=system,sslmode=allow';
  expect(driverAddress(`${written}&sslmode=allow`)).toBe(
    `${written}&sslmode=disable&uselibpqcompat=true`,
  );
  expect(driverAddress(`${written}&sslmode=require&sslrootcert=system`)).toBe(
    `${written}&sslmode=verify-full&uselibpqcompat=true`,
  );
});

test('an invalid sslmode is refused', () => {
  expect(() => driverAddress('postgres://host/db?sslmode=required')).toThrow('sslmode must be one');
  expect(() => driverAddress('postgres://host/db?sslmode=verify-ca')).toThrow('sslrootcert=');
});

test.each([
  [{ code: 'SELF_SIGNED_CERT_IN_CHAIN', message: 'self-signed' }, 'sslrootcert='],
  [{ code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', message: 'unable' }, 'sslmode=require'],
  [{ code: 'ERR_TLS_CERT_ALTNAME_INVALID', message: 'names' }, 'no-verify'],
  [{ message: 'The server does not support SSL connections' }, 'sslmode=disable'],
  [
    { code: '28000', message: 'no pg_hba.conf entry for host "h", no encryption' },
    'sslmode=require',
  ],
  [{ code: 'ERR_INVALID_URL', message: 'Invalid URL' }, '# as %23'],
])('an error %j gets a hint', (details, advice) => {
  const error = Object.assign(new Error(details.message), details);
  const told = withHint(error) as Error;
  expect(told.message).toContain(advice);
  expect(told.cause).toBe(error);
});

test('any other error stays as it is', () => {
  const error = new Error('password authentication failed');
  expect(withHint(error)).toBe(error);
});
