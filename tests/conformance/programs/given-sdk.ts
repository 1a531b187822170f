import OpenAI from 'openai';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { SQLITE } from '../../databases/engines';
import { openDeployment, type Deployment, type Instance } from '../../programs/deployment';

export const KEY = 'test-key-of-the-first-owner';

export interface SdkApp {
  readonly deployment: Deployment;
  readonly app: Instance;
  /** Only the base URL and the key are set. */
  readonly client: OpenAI;
}

export const clientOf = ({ url }: Pick<Instance, 'url'>, apiKey: string): OpenAI =>
  new OpenAI({ baseURL: `${url}/v1`, apiKey, maxRetries: 0 });

/** The built program and a client of OpenAI's SDK, for all tests of a file. */
export function givenSdk(use: (given: SdkApp) => void): void {
  let deployment: Deployment;
  beforeAll(async () => {
    deployment = await openDeployment(await SQLITE.empty());
    const app = await deployment.start();
    use({ deployment, app, client: clientOf(app, KEY) });
  });
  afterAll(() => deployment.remove());
  beforeEach(() => {
    deployment.upstream.reset();
  });
}

export const ask = {
  model: 'gpt-4',
  messages: [{ role: 'user' as const, content: 'Hello' }],
};

export const lastBody = ({ upstream }: Pick<Deployment, 'upstream'>) =>
  upstream.requests.at(-1)?.body as unknown as Record<string, unknown>;

export const weather = {
  type: 'function' as const,
  function: { name: 'weather', parameters: { type: 'object', properties: {} } },
};

export const imageAt = (url: string) => ({ type: 'image_url' as const, image_url: { url } });
export const IMAGE = 'data:image/png;base64,AA';
