import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findProgram } from './find-program';
import { freePort } from './free-port';

interface Kind {
  readonly name: string;
  /** The program's path on this machine; null if not installed. */
  readonly file: string | null;
  /** With `people` it asks for a name and a password, and passes the name on in Remote-User. */
  configure(port: number, target: string, people: boolean): string;
  run(folder: string): string[];
}

const CONFIGURATION = 'proxy.conf';

/** Whom the proxies know; a password is the name. The hashes are bcrypt's, of the least cost. */
export const PEOPLE = {
  ada: '$2b$04$abcdefghijklmnopqrstuupFXU5ttB26hpdDeqELb5.OSB78lxXAu',
  eve: '$2b$04$abcdefghijklmnopqrstuuFVNJRRaaNBtrwkezu/6V4Ryk2sgXtfi',
};
const passwords = Object.entries(PEOPLE);

/** The header of a person who signs in at a proxy. */
export const signedIn = (name: keyof typeof PEOPLE) => ({
  Authorization: `Basic ${Buffer.from(`${name}:${name}`).toString('base64')}`,
});

/** Reverse proxies as in docs/operations.md, with as much compression as possible. */
export const REVERSE_PROXIES: readonly Kind[] = [
  {
    name: 'nginx',
    file: findProgram('nginx'),
    configure: (port, target, people) => `
daemon off;
pid nginx.pid;
error_log stderr;
events {}
http {
  access_log off;
  client_body_temp_path body;
  proxy_temp_path proxy;
  fastcgi_temp_path fastcgi;
  uwsgi_temp_path uwsgi;
  scgi_temp_path scgi;
  gzip on;
  gzip_types *;
  server {
    listen 127.0.0.1:${String(port)};
    location / {
      proxy_pass ${target};
      proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
      proxy_set_header X-Forwarded-Proto $scheme;
      ${people ? 'auth_basic chat; auth_basic_user_file users; proxy_set_header Remote-User $remote_user;' : ''}
    }
  }
}
`,
    run: (folder) => ['-p', folder, '-c', CONFIGURATION, '-e', 'stderr'],
  },
  {
    name: 'caddy',
    file: findProgram('caddy'),
    configure: (port, target, people) => `
{
  admin off
}
http://127.0.0.1:${String(port)} {
  encode gzip
  ${people ? `basicauth {\n${passwords.map((each) => each.join(' ')).join('\n')}\n}` : ''}
  reverse_proxy ${target} {
    ${people ? 'header_up Remote-User {http.auth.user.id}' : ''}
  }
}
`,
    run: (folder) => [
      'run',
      '--config',
      path.join(folder, CONFIGURATION),
      '--adapter',
      'caddyfile',
    ],
  },
];

/** Starts the proxy in front of the target, and waits until it serves. */
export async function startReverseProxy(
  kind: Kind,
  target: string,
  people = false,
): Promise<{ url: string; stop: () => Promise<void> }> {
  if (kind.file === null) throw new Error(`This machine has no ${kind.name}`);
  const folder = mkdtempSync(path.join(tmpdir(), `ask-next-${kind.name}-`));
  const port = await freePort();
  writeFileSync(path.join(folder, CONFIGURATION), kind.configure(port, target, people));
  const users = path.join(folder, 'users');
  writeFileSync(users, passwords.map(([name]) => `${name}:{PLAIN}${name}\n`).join(''));
  // Started as root, nginx reads them as another user.
  chmodSync(folder, 0o755);
  chmodSync(users, 0o644);
  const { PATH } = process.env;
  const server = spawn(kind.file, kind.run(folder), {
    // Caddy's own data stays in the folder too.
    env: { PATH, HOME: folder } as unknown as NodeJS.ProcessEnv,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  server.stderr.on('data', (text) => (said += String(text)));
  let hasEnded = false;
  const ended = new Promise<void>((resolve) => {
    server.on('exit', () => {
      hasEnded = true;
      resolve();
    });
  });
  const url = `http://127.0.0.1:${String(port)}`;
  const serves = async () => {
    const answer = await fetch(`${url}/health`).catch(() => null);
    return answer?.ok === true || (people && answer?.status === 401);
  };
  while (!(await serves())) {
    if (hasEnded) throw new Error(`${kind.name} ended:\n${said}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return {
    url,
    async stop() {
      server.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
