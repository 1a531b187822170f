import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { expect, test, vi } from 'vitest';
import { instanceIsDead, instanceName } from './instance';

/** This process's name with some parts replaced. */
const named = (parts: { machine?: string; pid?: number; startedAt?: string }): string => {
  const [machine = '', pid = ''] = instanceName().split('/');
  const name = `${parts.machine ?? machine}/${String(parts.pid ?? pid)}/other`;
  return parts.startedAt === undefined ? name : `${name}/${parts.startedAt}`;
};
const ended = spawnSync(process.execPath, ['--version']).pid;

test('a process of this machine is dead when its id is free, or now this process’s own', () => {
  expect(instanceIsDead(named({ pid: ended }))).toBe(true);
  expect(instanceIsDead(named({}))).toBe(true);
  expect(instanceIsDead(named({ pid: process.ppid }))).toBe(false);
  expect(instanceIsDead(instanceName())).toBe(false);
});

test('a process of another machine or container is never considered dead', () => {
  const [machine = ''] = instanceName().split('/');
  for (const other of ['elsewhere', machine.replace(/\d+$/, '7'), machine.split('.')[0] ?? ''])
    expect(instanceIsDead(named({ machine: other, pid: ended }))).toBe(false);
});

/** Other systems have no /proc, so `kill` alone decides. */
const isLinux = process.platform === 'linux';

test.runIf(isLinux)('a zombie process is dead', async () => {
  // The shell starts a child and then becomes a program that never reaps it.
  const parent = spawn('sh', ['-c', 'sleep 0 & echo $!; exec sleep 60']);
  try {
    const [line] = (await once(parent.stdout, 'data')) as [Buffer];
    const pid = Number(String(line));
    await vi.waitFor(() => {
      expect(instanceIsDead(named({ pid }))).toBe(true);
    });
    expect(process.kill(pid, 0), 'and its id still answers').toBe(true);
  } finally {
    parent.kill('SIGKILL');
  }
});

test.runIf(isLinux)(
  'a process whose id another program has reused is dead, as its start time shows',
  () => {
    expect(instanceIsDead(named({ pid: process.ppid, startedAt: '1' }))).toBe(true);
    expect(instanceIsDead(named({ pid: process.ppid })), 'a name of an older version').toBe(false);
  },
);

test.runIf(isLinux)('the name contains the start time of its process', () => {
  const began = instanceName().split('/')[3];
  expect(began).toMatch(/^\d+$/);
});
