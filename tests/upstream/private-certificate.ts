import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { findProgram } from '../programs/find-program';

/** The path of this machine's openssl; null if not installed. */
export const OPENSSL = findProgram('openssl');

/** Writes a key and its certificate of a private authority, for 127.0.0.1 and this name. */
export function privateCertificate(folder: string, name: string): { key: string; cert: string } {
  const [key, cert] = [path.join(folder, 'key.pem'), path.join(folder, 'cert.pem')];
  const args = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2';
  const about = ['-subj', '/CN=test', '-addext', `subjectAltName=IP:127.0.0.1,DNS:${name}`];
  const files = ['-keyout', key, '-out', cert];
  execFileSync(OPENSSL ?? '', [...args.split(' '), ...about, ...files], { stdio: 'ignore' });
  return { key, cert };
}
