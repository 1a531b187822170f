import { inspect } from '@/db/engine/health/inspect';
import { namedPositionals, Misuse, type Command, type Context } from './command';
import { examine, sorted } from '@/lib/doctor/examine';
import type { Finding } from '@/lib/doctor/finding';
import { checkSettings } from '@/lib/doctor/settings';

const HELP = `ask-next doctor [--url URL] [--json]

Checks the settings, the provider of sign-ins (OIDC_ISSUER), the database, the disk, the model's
server (which it asks for one word), Redis and the clock. With the address that people use, it also checks the way through the proxy to the
running server. Each line begins with ok, warning or problem. The exit code is 1 with a problem.`;

export const doctor: Command = {
  help: HELP,
  options: { url: { type: 'string' }, json: { type: 'boolean' } },
  async run({ positionals, options }, context) {
    namedPositionals(positionals);
    const url = readUrl(options['url']);
    const { settings, findings } = checkSettings(context.env);
    const all = settings ? [...findings, ...(await examine({ settings, inspect }, url))] : findings;
    report(sorted(all), options['json'] === true, context);
    return all.some(({ level }) => level === 'problem') ? 1 : 0;
  },
};

function readUrl(value: string | boolean | undefined): URL | null {
  if (value === undefined) return null;
  const url = URL.parse(String(value));
  if (url && /^https?:$/.test(url.protocol)) return url;
  throw new Misuse('--url must be such as https://chat.example.com');
}

function report(findings: readonly Finding[], asJson: boolean, { print }: Context): void {
  if (asJson) print(JSON.stringify(findings, null, 2));
  else
    for (const { area, level, says } of findings)
      print(`${level.padEnd(8)} ${area.padEnd(9)} ${says}`);
}
