import { randomUUID } from 'node:crypto';
import type { Env } from '@/lib/env';
import { causesOf, failureOf, type UpstreamReason } from '@/lib/errors';
import { openModels } from '@/lib/llm/open-models';
import type { LogFields } from '@/lib/ports/log';
import type { Model, ModelCatalogue, ModelEvent, SentRequest, Usage } from '@/lib/ports/model';
import { needPrices } from '@/lib/usage/budget';
import { finder, type Finding } from './finding';

const { ok, warning, problem } = finder('upstream');

/** Asks the model's server for its models, and the default one for a short answer, as the server would. */
export async function checkUpstream(settings: Env): Promise<Finding[]> {
  const notes: LogFields[] = [];
  const note = (fields: LogFields) => notes.push(fields);
  const { demo, catalogue, chatModel } = openModels(settings, {
    debug: () => undefined,
    info: note,
    warn: note,
    error: note,
  });
  if (demo)
    return [
      warning('The built-in demo answers: set OPENAI_API_KEY or OPENAI_BASE_URL for a real model.'),
    ];
  const { models } = await catalogue.list();
  const [model = ''] = models;
  const listed = listFinding(models, notes, settings);
  const answer = await ask(chatModel, model, settings.UPSTREAM_TIMEOUT_MS);
  const found = notes.some(({ event }) => event === 'upstream.version_found')
    ? [warning('The API is under /v1 of OPENAI_BASE_URL: add it, to save a request at each start.')]
    : [];
  return [listed, ...found, ...answer, ...priceFindings(models, catalogue, settings)];
}

/** Only where a budget is in money: without a price a model is refused then. */
function priceFindings(
  models: readonly string[],
  { priceOf }: ModelCatalogue,
  { CHAT_BUDGET, CHAT_PERSON_BUDGET, CHAT_KEY_BUDGET }: Env,
): Finding[] {
  if (!needPrices([...CHAT_BUDGET, ...CHAT_PERSON_BUDGET, ...CHAT_KEY_BUDGET])) return [];
  const unpriced = models.filter((model) => priceOf(model) === null);
  if (unpriced.length === 0) return [ok('Every model has a price.')];
  const names = unpriced.slice(0, 3).join(', ');
  return [
    warning(
      `${names}${unpriced.length > 3 ? ' …' : ''} cannot be used, because there is a budget in money and no price: name a file of prices in CHAT_PRICES.`,
    ),
  ];
}

function listFinding(models: readonly string[], notes: LogFields[], settings: Env): Finding {
  const failed = notes.find(({ event }) => event === 'models.list_failed');
  if (failed)
    return warning(
      `Its list of models cannot be used (${String(failed['cause'])}): name them in CHAT_MODELS.`,
    );
  const names = models.slice(0, 3).join(', ');
  const count = `${String(models.length)} ${models.length === 1 ? 'model' : 'models'}`;
  return ok(
    settings.CHAT_MODELS.includes('auto')
      ? `It lists ${count}: ${names}${models.length > 3 ? ' …' : ''}.`
      : `CHAT_MODELS names ${count}: ${names}${models.length > 3 ? ' …' : ''}.`,
  );
}

/** Enough for a word from a model that thinks a little before. */
const TOKENS_MAX = 300;
const PROMPT = [
  { role: 'system', content: 'You are a helpful assistant. Answer with one word.' },
  { role: 'user', content: 'Say hello.' },
] as const;

async function ask(chatModel: Model, model: string, timeoutMs: number): Promise<Finding[]> {
  const kinds = new Set<ModelEvent['kind']>();
  let sent: SentRequest | undefined;
  const startedAt = performance.now();
  try {
    const { usage } = await chatModel.stream({
      requestId: randomUUID(),
      model,
      messages: PROMPT,
      maxTokens: TOKENS_MAX,
      signal: AbortSignal.timeout(timeoutMs),
      withReasoning: true,
      onSent: (request) => {
        sent = request;
      },
      onEvent: ({ kind }) => kinds.add(kind),
    });
    const ms = Math.ceil(performance.now() - startedAt);
    return [ok(`${model} answers within ${String(ms)} ms.`), ...can(model, sent, usage, kinds)];
  } catch (thrown) {
    return [problem(failureSentence(model, thrown))];
  }
}

/** What it can do, by the request that it accepted. */
function can(
  model: string,
  sent: SentRequest | undefined,
  usage: Usage | null,
  kinds: ReadonlySet<ModelEvent['kind']>,
): Finding[] {
  const takesSystem = sent?.messages.some(({ role }) => role === 'system') === true;
  return [
    sent?.parameters['stream'] === true
      ? ok(`${model} streams.`)
      : warning(`${model} does not stream: replies appear all at once.`),
    takesSystem
      ? ok(`${model} takes system messages.`)
      : warning(
          `${model} takes no system message: instructions go into the first message of the user.`,
        ),
    usage
      ? ok(`${model} counts tokens.`)
      : warning(`${model} counts no tokens: they are estimated, for limits and budgets too.`),
    ok(kinds.has('reasoning') ? `${model} shows its reasoning.` : `${model} sent no reasoning.`),
  ];
}

/** What helps; docs/operations.md says more of each. */
const HELP: Readonly<Record<UpstreamReason, string>> = {
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
  length: `It thinks longer than ${String(TOKENS_MAX)} tokens before it answers: CHAT_REPLY_MAX_TOKENS must be larger, or unset.`,
  filter: 'Its content filter refuses a greeting.',
  'tool-calls': 'It calls a tool in place of an answer.',
};

function failureSentence(model: string, thrown: unknown): string {
  const failure = failureOf(thrown);
  const help = failure.kind === 'upstream' ? HELP[failure.reason] : 'It does not answer.';
  return `${model}: ${help} (${causesOf(thrown)})`;
}
