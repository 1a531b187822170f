import { ENV_NAMES, readEnv, type Env } from '@/lib/env';
import { reachesNobodyElse } from '@/lib/accounts/access';
import { unquoted } from '@/lib/env/unquoted';
import { finder, type Finding } from './finding';

type Source = Readonly<Record<string, string | undefined>>;

const { ok, warning, problem } = finder('settings');

/** The settings; null when the server would not start with them. */
export function checkSettings(source: Source): {
  readonly settings: Env | null;
  readonly findings: readonly Finding[];
} {
  const set = (name: string): boolean => unquoted(source[name] ?? '') !== '';
  const unknown = Object.keys(source).flatMap((name) => checkName(name));
  try {
    const settings = readEnv(source);
    const found = [
      ...unknown,
      ...IDLE.flatMap(({ names, unless, says }) =>
        names.some(set) && !unless(settings, set) ? [warning(says)] : [],
      ),
    ];
    const findings = found.length > 0 ? found : [ok('Every variable is known and valid.')];
    return { settings, findings: [...findings, ...checkAccess(settings)] };
  } catch (thrown) {
    const [, ...mistakes] = (thrown as Error).message.split('\n');
    return {
      settings: null,
      findings: [...mistakes.map((line) => problem(line.trim())), ...unknown],
    };
  }
}

/** What is set, and what it takes to have an effect. */
const IDLE: readonly {
  readonly names: readonly string[];
  readonly unless: (settings: Env, set: (name: string) => boolean) => boolean;
  readonly says: string;
}[] = [
  {
    names: ['DATABASE_URL'],
    unless: (_, set) => !set('DATABASE_URI'),
    says: 'DATABASE_URI and DATABASE_URL are both set: the first counts. Remove the other.',
  },
  {
    names: ['REDIS_URL'],
    unless: (_, set) => !set('UPSTASH_REDIS_REST_URL'),
    says: 'REDIS_URL and UPSTASH_REDIS_REST_URL are both set: only one counts rates. Remove the other.',
  },
  {
    names: ['PROXY_USER_FROM', 'PROXY_USER_HEADER'],
    unless: ({ ACCESS }) => ACCESS === 'proxy',
    says: 'PROXY_USER_FROM and PROXY_USER_HEADER have no effect without ACCESS=proxy.',
  },
  {
    names: ['PROXY_OPERATORS'],
    unless: ({ ACCESS }) => ACCESS === 'proxy',
    says: 'PROXY_OPERATORS has no effect without ACCESS=proxy.',
  },
  {
    names: ['SIGN_UP'],
    unless: ({ ACCESS }) => ACCESS === 'accounts',
    says: 'SIGN_UP has no effect without ACCESS=accounts.',
  },
  {
    names: ['APP_SECRET_PREVIOUS'],
    unless: (_, set) => set('APP_SECRET'),
    says: 'APP_SECRET_PREVIOUS is set without APP_SECRET: it is the one from before that.',
  },
  {
    names: ['CHAT_MEMORY_MODEL', 'CHAT_MEMORY_DEFAULT', 'CHAT_MEMORY_MAX_CHARS'],
    unless: ({ CHAT_MEMORY_ENABLED }) => CHAT_MEMORY_ENABLED,
    says: 'Settings of the memory have no effect with CHAT_MEMORY_ENABLED=false.',
  },
  {
    names: ['DATABASE_POOL_MAX'],
    unless: ({ DATABASE }) => DATABASE.dialect === 'postgres',
    says: 'DATABASE_POOL_MAX has no effect on SQLite.',
  },
  {
    names: ['UPSTREAM_HEADERS'],
    unless: (_, set) => set('OPENAI_API_KEY') || set('OPENAI_BASE_URL'),
    says: 'UPSTREAM_HEADERS has no effect without OPENAI_API_KEY or OPENAI_BASE_URL.',
  },
];

/** How names of ours begin. Those of platforms begin so, too: VERCEL_, RENDER_. */
const OURS =
  /^(CHAT|OWNER|UPSTREAM|OPENAI|STREAMS|TURNS|BREAKER|VISITOR|SIGN|PROXY_USER|METRICS|ASK|OIDC)_/;
/** Of this command itself. */
const OWN = 'ASK_NEXT_FOLDER';

function checkName(name: string): Finding[] {
  if (ENV_NAMES.includes(name) || name === OWN) return [];
  const near = ENV_NAMES.find(
    (known) => known.length > 4 && distance(known, name) <= (known.length > 10 ? 3 : 2),
  );
  if (near !== undefined) return [warning(`${name} is not known: is ${near} meant?`)];
  return OURS.test(name) ? [warning(`${name} is not known, and has no effect.`)] : [];
}

/** How many letters must be added, removed or changed to make one name from the other. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, n) => n);
  for (const [n, letter] of one.split('').entries()) {
    const next = [n + 1];
    for (const [m, otherLetter] of other.split('').entries()) {
      const changed = (row[m] ?? 0) + (letter === otherLetter ? 0 : 1);
      next.push(Math.min((next[m] ?? 0) + 1, (row[m + 1] ?? 0) + 1, changed));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

const access = finder('access');

function checkAccess(settings: Env): Finding[] {
  const { ACCESS, OPENAI_API_KEY, OPENAI_BASE_URL } = settings;
  if (ACCESS === 'accounts') return [access.ok('People sign in (ACCESS=accounts).')];
  if (ACCESS === 'proxy') return [access.ok('A proxy names the people (ACCESS=proxy).')];
  if (reachesNobodyElse(settings))
    return [access.ok('Everyone on this machine may use it, and no one else reaches it (HOST).')];
  if (!OPENAI_API_KEY && !OPENAI_BASE_URL)
    return [access.ok('Everyone may use the demo, which costs nothing.')];
  return [
    access.warning(
      'Everyone who reaches the address uses your model at your cost (ACCESS=open). ACCESS=accounts lets only people in whom you invite.',
    ),
  ];
}
