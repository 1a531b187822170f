// How single variables are read, for lib/env.ts. An issue says what a value must be, and never repeats it.
import { z } from 'zod';
import { isIssuer } from '@/lib/accounts/provider/settings';
import type { SignUp } from '@/lib/accounts/sign-up-policy';
import { readNetwork } from './networks';
import { readProxyNetworks, readTrustedProxies } from './trusted-proxies';
import { readAddress } from './upstream/address';
import { readHeaders } from './upstream/headers';

export const flag = z
  .string()
  .trim()
  .toLowerCase()
  .pipe(z.enum(['1', 'true', 'yes', 'on', '0', 'false', 'no', 'off'], 'must be true or false'))
  .transform((word) => ['1', 'true', 'yes', 'on'].includes(word));

export const whole = (min: number, max = 2 ** 31 - 1) => {
  const range = `must be a whole number from ${String(min)} to ${String(max)}`;
  return z.coerce.number(range).int(range).min(min, range).max(max, range);
};

export const words = z.string().transform((text) =>
  text
    .split(',')
    .map((word) => word.trim())
    .filter(Boolean),
);

export const networks = words.pipe(
  z.array(
    z.string().transform((text, context) => {
      const network = readNetwork(text);
      if (network) return network;
      context.addIssue('must be addresses or networks such as 203.0.113.0/24, comma separated');
      return z.NEVER;
    }),
  ),
);

export const trustedProxies = z.string().transform((text, context) => {
  const trusted = readTrustedProxies(text);
  if (trusted) return trusted;
  context.addIssue(
    'must be a number of proxies from 0 to 10, or networks such as 10.0.0.0/8, private or cloudflare, comma separated',
  );
  return z.NEVER;
});

export const proxyNetworks = z.string().transform((text, context) => {
  const networksOfProxies = readProxyNetworks(text);
  if (networksOfProxies) return networksOfProxies;
  context.addIssue(
    'must be addresses, networks such as 10.0.0.0/8, or the names loopback and private, comma separated',
  );
  return z.NEVER;
});

export const hosts = words.pipe(
  z.array(
    z
      .string()
      .toLowerCase()
      .regex(
        /^(\*\.)?[a-z\d]([a-z\d.-]*[a-z\d])?$/,
        'must be host names such as chat.example.com or *.example.com, comma separated, without a port',
      ),
  ),
);

export const origins = words.pipe(
  z.array(
    z
      .string()
      .refine(
        (text) => URL.canParse(text) && new URL(text).origin === text,
        'must be origins such as https://chat.example.com, comma separated, without a path',
      ),
  ),
);

export const apiKeys = words.pipe(
  z.array(
    z.string().transform((pair, context) => {
      const [, name, key] = /^([\w.-]{1,64}):(\S{16,})$/.exec(pair) ?? [];
      if (name && key) return { name, key };
      context.addIssue('must be name:key pairs, comma separated, each key at least 16 characters');
      return z.NEVER;
    }),
  ),
);

export const signUp = words.transform((names, context): SignUp => {
  const [first, ...more] = names;
  if (more.length === 0 && (first === 'closed' || first === 'open' || first === 'provider'))
    return first;
  const domains = names.map((word) => word.toLowerCase().replace(/^@/, ''));
  if (domains.every((domain) => /^[a-z\d-]+(\.[a-z\d-]+)+$/.test(domain))) return { domains };
  context.addIssue(
    'must be closed, open, provider, or e-mail domains such as example.com, comma separated',
  );
  return z.NEVER;
});

export const issuer = z
  .string()
  .refine(
    isIssuer,
    'must be the issuer’s https address, such as https://id.example.com (http only for one on this machine)',
  );

export const webAddress = z.url({
  protocol: /^https?$/,
  error: 'must be an http or https address',
});

export const upstreamAddress = z.string().transform((text, context) => {
  const address = readAddress(text);
  if ('url' in address) return address;
  context.addIssue(address.mistake);
  return z.NEVER;
});

export const headers = z.string().transform((text, context) => {
  const read = readHeaders(text);
  if ('headers' in read) return read.headers;
  context.addIssue(read.mistake);
  return z.NEVER;
});
