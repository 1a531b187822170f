import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Redis } from 'ioredis';
import { findProgram } from './find-program';

/** The path of this machine's redis-server; null if not installed. */
export const redisServer = findProgram('redis-server');

/** Starts an empty Redis on this port. */
export async function startRedis(
  port: number,
): Promise<{ url: string; stop: () => Promise<void> }> {
  if (redisServer === null) throw new Error('This machine has no redis-server');
  const folder = mkdtempSync(path.join(tmpdir(), 'ask-next-redis-'));
  const server = spawn(redisServer, ['--port', String(port), '--save', '', '--dir', folder], {
    stdio: 'ignore',
  });
  const exited = new Promise<void>((resolve) => {
    server.on('exit', () => {
      resolve();
    });
  });
  const url = `redis://127.0.0.1:${String(port)}`;
  const probe = new Redis(url, { retryStrategy: () => 20, maxRetriesPerRequest: null });
  probe.on('error', () => undefined);
  await probe.ping();
  probe.disconnect();
  return {
    url,
    async stop() {
      server.kill('SIGKILL');
      await exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
