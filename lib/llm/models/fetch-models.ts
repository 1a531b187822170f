import type OpenAI from 'openai';
import { listedModels, type ListedModel } from './listed-models';
import { toUpstreamError, upstreamError } from '@/lib/llm/failure/upstream-error';

/**
 * Fetches the upstream's models. The timeout covers the body, which the SDK's own does not. Throws an `upstream` error.
 */
export async function fetchModels(client: OpenAI, timeoutMs: number): Promise<ListedModel[]> {
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    const response = await client.get('/models', { signal }).asResponse();
    return listedModels(await bodyOf(response));
  } catch (thrown) {
    throw toUpstreamError(thrown);
  }
}

/** Some servers answer every path with a chat stream or an HTML page. */
async function bodyOf(response: Response): Promise<unknown> {
  const isStream = /event-stream/i.test(response.headers.get('content-type') ?? '');
  if (isStream) void response.body?.cancel();
  const text = isStream ? '' : await response.text();
  try {
    return JSON.parse(text);
  } catch (malformed) {
    if (!(malformed instanceof SyntaxError)) throw malformed;
    throw upstreamError('broken', 'its list of models cannot be read');
  }
}
