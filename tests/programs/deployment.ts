import { startUpstream, type Upstream } from '../upstream/upstream';
import { API_KEYS, apiClient, type ApiClient } from './api-client';
import { startApp, type RunningApp } from './app';

/** One database, one upstream, and instances of the app that use both. */
export interface Deployment {
  readonly upstream: Upstream;
  /** Starts another instance; `more` overrides the shared configuration. */
  start(more?: Configuration): Promise<Instance>;
  /** An instance with the shared configuration: one that was handed back, or else a new one. */
  borrow(): Promise<Instance>;
  /** For a later test to borrow: a start costs more than a second of the processor's time. */
  handBack(instance: Instance): void;
  /** Kills all instances, and removes the database. */
  remove(): Promise<void>;
}

export interface Instance extends RunningApp {
  /** A client with an API key. */
  readonly api: ApiClient;
}

type Configuration = Readonly<Record<string, string>>;

interface Place {
  readonly uri: string;
  remove(): Promise<void>;
}

/** By default the instances have limits that no test reaches, and no memory. */
export async function openDeployment(
  place: Place,
  configuration: Configuration = {},
): Promise<Deployment> {
  const upstream = await startUpstream();
  /** Includes instances that a test did not wait for. */
  const started: Promise<RunningApp>[] = [];
  const common = {
    DATABASE_URI: place.uri,
    APP_SECRET: 'a secret that is only used by these tests',
    OPENAI_BASE_URL: upstream.url,
    ACCESS: 'open',
    API_KEYS,
    CHAT_RATE_LIMIT: '100000/minute',
    API_RATE_LIMIT: '100000/minute',
    PAGE_RATE_LIMIT: '100000/minute',
    VISITOR_RATE_LIMIT: '100000/minute',
    CHAT_DAILY_LIMIT: '1000000 turns;100000000000 tokens',
    STREAMS_PER_OWNER: '100000',
    STREAMS_PER_ADDRESS: '100000',
    STREAMS_MAX: '100000',
    TURNS_PER_OWNER: '100000',
    TURNS_MAX: '100000',
    CHAT_MEMORY_ENABLED: 'false',
    ...configuration,
  };
  const start = async (more?: Configuration) => {
    const starting = startApp({ ...common, ...more });
    started.push(starting);
    const app = await starting;
    return { ...app, api: apiClient(app.url) };
  };
  const unused: Instance[] = [];
  return {
    upstream,
    start,
    borrow: async () => unused.pop() ?? start(),
    handBack: (instance) => unused.push(instance),
    async remove() {
      const apps = await Promise.allSettled(started);
      for (const app of apps) if (app.status === 'fulfilled') await app.value.stop('SIGKILL');
      await upstream.close();
      await place.remove();
    },
  };
}
