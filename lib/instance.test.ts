import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { expect, test, vi } from 'vitest';
import { instanceIsDead, instanceName } from './instance';

/** As this process is called, but for these parts. */
const named = (parts: { machine?: string; pid?: number; startedAt?: string }): string => {
  const [machine = '', pid = ''] = instanceName().split('/');
  const name = `${parts.machine ?? machine}/${String(parts.pid ?? pid)}/other`;
  return parts.startedAt === undefined ? name : `${name}/${parts.startedAt}`;
};
const ended = spawnSync(process.execPath, ['--version']).pid;

test('a process of this machine is dead when no process has its id, or this one has it', () => {
  expect(instanceIsDead(named({ pid: ended }))).toBe(true);
  expect(instanceIsDead(named({}))).toBe(true);
  expect(instanceIsDead(named({ pid: process.ppid }))).toBe(false);
  expect(instanceIsDead(instanceName())).toBe(false);
});

test('of another machine, or another container on this one, nothing is certain', () => {
  const [machine = ''] = instanceName().split('/');
  for (const other of ['elsewhere', machine.replace(/\d+$/, '7'), machine.split('.')[0] ?? ''])
    expect(instanceIsDead(named({ machine: other, pid: ended }))).toBe(false);
});

/** Elsewhere nothing says how a process is, and `kill` alone has to do. */
const isLinux = process.platform === 'linux';

test.runIf(isLinux)('a killed process that its parent has not asked for yet is dead', async () => {
  // The shell begins a child and becomes a program that never asks how its child ended.
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
  'a process id that another program has taken does not keep its former owner alive',
  () => {
    expect(instanceIsDead(named({ pid: process.ppid, startedAt: '1' }))).toBe(true);
    expect(instanceIsDead(named({ pid: process.ppid })), 'a name of an older version').toBe(false);
  },
);

test.runIf(isLinux)('the name says when its process began', () => {
  const began = instanceName().split('/')[3];
  expect(began).toMatch(/^\d+$/);
});
