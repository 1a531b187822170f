import type { UpstreamReason } from '@/lib/errors';
import { seconds } from '../parts/numbers';

/** Connecting a model. `…` marks code. */
export const connect = {
  title: 'Connect a model',
  about:
    'Ask-Next talks to any server with OpenAI’s API. Put this in the file `.env` beside it, or in its environment, then restart it.',
  server: 'Server',
  snippet: 'Settings to copy',
  servers: {
    openai: {
      name: 'OpenAI',
      lines: 'OPENAI_API_KEY=sk-…',
      hint: 'Make a key at platform.openai.com.',
    },
    ollama: {
      name: 'Ollama',
      lines: 'OPENAI_BASE_URL=http://localhost:11434/v1',
      hint: 'Get a model first: `ollama pull qwen3`.',
    },
    lmstudio: {
      name: 'LM Studio',
      lines: 'OPENAI_BASE_URL=http://localhost:1234/v1',
      hint: 'Load a model and start its server under Developer.',
    },
    vllm: {
      name: 'vLLM',
      lines:
        'OPENAI_BASE_URL=http://localhost:8000/v1\nOPENAI_API_KEY=the value of --api-key, if any',
      hint: 'Start it with `vllm serve` and a chat model.',
    },
  },
  docker: 'If Ask-Next runs in Docker, write `host.docker.internal` in place of `localhost`.',
  test: 'Test the connection',
  testing: 'Testing…',
  close: 'Close',
  works: (model: string, ms: number) => `It works: ${model} answered in ${seconds(ms)}.`,
  isDemo:
    'No model is configured yet, so the demo answers. Set the lines above, restart Ask-Next and test again.',
  failed: (model: string, why: string) => `${model} did not answer. ${why}`,
  unknown: 'The log of Ask-Next has the reason.',
};

/** What helps against each failure of an upstream, for the person who runs the server. */
export const upstreamHelp: Readonly<Record<UpstreamReason, string>> = {
  unreachable: 'It cannot be reached: check OPENAI_BASE_URL, that it runs, and HTTPS_PROXY.',
  timeout: 'It takes too long: check its load, and UPSTREAM_TIMEOUT_MS.',
  loading: 'It is loading its model: try again, or raise UPSTREAM_TIMEOUT_MS.',
  away: 'A proxy says that it cannot be reached: check that it runs.',
  failing: 'It fails: see its own log.',
  broken: 'Its answer cannot be read: is OPENAI_BASE_URL the address of an OpenAI-compatible API?',
  refused: 'It refuses the request: is OPENAI_BASE_URL right, with its path?',
  key: 'It refuses the key: check OPENAI_API_KEY.',
  forbidden: 'The key may not use this model: check its rights, or CHAT_MODELS.',
  'unknown-model': 'It has no such model: check CHAT_MODELS, and the path of OPENAI_BASE_URL.',
  'not-chat': 'The model is not for chat: name others in CHAT_MODELS.',
  credit: 'The account has no credit left.',
  'too-long': 'A short prompt is too long for it: raise the context of the model.',
  limited: 'The limit of the account is reached: try later.',
  empty: 'Its answer has no text.',
  length:
    'It thinks longer than 300 tokens before it answers: CHAT_REPLY_MAX_TOKENS must be larger, or unset.',
  filter: 'Its content filter refuses a greeting.',
  'tool-calls': 'It calls a tool instead of answering.',
};
