import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { instanceIsDead, instanceName } from './instance';

/** As this process is called, but for these parts. */
const named = (parts: { machine?: string; pid?: number }): string => {
  const [machine = '', pid = ''] = instanceName().split('/');
  return `${parts.machine ?? machine}/${String(parts.pid ?? pid)}/other`;
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
