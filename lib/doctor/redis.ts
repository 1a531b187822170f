import type { Env } from '@/lib/env';
import { causesOf } from '@/lib/errors';
import { connectRedis } from '@/lib/redis/connect-redis';
import { finder, type Finding } from './finding';

const { ok, problem } = finder('redis');

export async function checkRedis(settings: Env): Promise<Finding[]> {
  const { REDIS_URL, UPSTASH_REDIS_REST_URL: url, UPSTASH_REDIS_REST_TOKEN: token } = settings;
  if (REDIS_URL !== undefined) return [await checkPlain(REDIS_URL)];
  return url !== undefined && token !== undefined ? [await checkUpstash(url, token)] : [];
}

async function checkPlain(url: string): Promise<Finding> {
  let cause = 'no answer within 300 ms';
  const note = (fields: object) => {
    if ('cause' in fields) cause = String(fields.cause);
  };
  const redis = await connectRedis(url, { debug: note, info: note, warn: note, error: note });
  try {
    const startedAt = performance.now();
    await redis.ping();
    const ms = Math.ceil(performance.now() - startedAt);
    return ok(`Redis answers within ${String(ms)} ms.`);
  } catch {
    return problem(
      `Redis cannot be used (REDIS_URL): ${cause}. Until it can, each instance counts rates for itself.`,
    );
  } finally {
    redis.disconnect();
  }
}

const TIMEOUT_MS = 5000;

async function checkUpstash(url: string, token: string): Promise<Finding> {
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const headers = { Authorization: `Bearer ${token}` };
    const { ok: isFine, status } = await fetch(new URL('ping', `${url.replace(/\/$/, '')}/`), {
      headers,
      signal,
    });
    if (isFine) return ok('Upstash answers.');
    return problem(
      status === 401
        ? 'Upstash refuses UPSTASH_REDIS_REST_TOKEN.'
        : `Upstash answers with the status ${String(status)} (UPSTASH_REDIS_REST_URL).`,
    );
  } catch (thrown) {
    return problem(`Upstash cannot be reached (UPSTASH_REDIS_REST_URL): ${causesOf(thrown)}`);
  }
}
