import { startUpstream, type Upstream } from '../upstream/upstream';
import { API_KEYS, apiClient, type ApiClient } from './api-client';
import { startApp, type RunningApp } from './app';

/** One database, one upstream, and the instances of the program on both. */
export interface Deployment {
  readonly upstream: Upstream;
  /** Starts one more instance; `more` goes before what all of them have. */
  start(more?: Configuration): Promise<Instance>;
  /** Kills all that runs, and takes the database away. */
  remove(): Promise<void>;
}

export interface Instance extends RunningApp {
  /** A program that uses it with a key. */
  readonly api: ApiClient;
}

type Configuration = Readonly<Record<string, string>>;

interface Place {
  readonly uri: string;
  remove(): Promise<void>;
}

/** The instances have limits that nobody reaches and no memory, unless `configuration` says otherwise. */
export async function openDeployment(
  place: Place,
  configuration: Configuration = {},
): Promise<Deployment> {
  const upstream = await startUpstream();
  const running = new Set<RunningApp>();
  const common = {
    DATABASE_URI: place.uri,
    APP_SECRET: 'a secret that is only used by these tests',
    OPENAI_BASE_URL: upstream.url,
    API_KEYS,
    CHAT_RATE_LIMIT: '100000/minute',
    API_RATE_LIMIT: '100000/minute',
    CHAT_MEMORY_ENABLED: 'false',
    ...configuration,
  };
  return {
    upstream,
    async start(more) {
      const app = await startApp({ ...common, ...more });
      running.add(app);
      app.process.on('exit', () => running.delete(app));
      return { ...app, api: apiClient(app.url) };
    },
    async remove() {
      await Promise.all([...running].map((app) => app.stop('SIGKILL')));
      await upstream.close();
      await place.remove();
    },
  };
}
