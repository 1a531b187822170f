import { execFileSync } from 'node:child_process';

/** The `nobody` account, for programs that refuse to run as root; null when the tests do not run as root. */
export function accountForRoot(): { readonly uid: number; readonly gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  const id = (kind: string) => Number(execFileSync('id', [kind, 'nobody'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}
