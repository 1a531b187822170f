import type OpenAI from 'openai';
import { listedModels, type ListedModel } from './listed-models';
import { toUpstreamError, upstreamError } from '@/lib/llm/failure/upstream-error';

/** What the upstream lists. The SDK's own timeout ends with the head of an answer, this one with the whole of it. */
export async function askForModels(client: OpenAI, timeoutMs: number): Promise<ListedModel[]> {
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    const response = await client.get('/models', { signal }).asResponse();
    return listedModels(await bodyOf(response));
  } catch (thrown) {
    throw toUpstreamError(thrown);
  }
}

/** Some servers answer whatever they are asked as if it were a chat, or with a page. */
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
