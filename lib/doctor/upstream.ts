import type { Env } from '@/lib/env';
import { causesOf, failureOf } from '@/lib/errors';
import { openModels } from '@/lib/llm/open-models';
import { sayHello } from '@/lib/llm/say-hello';
import { upstreamHelp } from '@/lib/texts/en/preferences/connect';
import type { LogFields } from '@/lib/ports/log';
import type { Model, ModelCatalogue, ModelEvent, SentRequest, Usage } from '@/lib/ports/model';
import { anyNeedsPrices } from '@/lib/usage/budget';
import { finder, type Finding } from './finding';

const { ok, warning, problem } = finder('upstream');

/** Asks the model's server for its models, and the default one for a short answer, as the server would. */
export async function checkUpstream(settings: Env): Promise<Finding[]> {
  const notes: LogFields[] = [];
  const note = (fields: LogFields) => notes.push(fields);
  const { demo, catalogue, chatModel, memoryModelName } = openModels(settings, {
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
  const answer = await askModel(chatModel, model, settings.UPSTREAM_TIMEOUT_MS);
  const found = notes.some(({ event }) => event === 'upstream.version_found')
    ? [warning('The API is under /v1 of OPENAI_BASE_URL: add it, to save a request at each start.')]
    : [];
  const modelNames = [...new Set([...models, await memoryModelName()])];
  return [listed, ...found, ...answer, ...priceFindings(modelNames, catalogue, settings)];
}

/** Only where a budget is in money: without a price a model is refused then. */
function priceFindings(
  models: readonly string[],
  { priceOf }: ModelCatalogue,
  settings: Env,
): Finding[] {
  if (!anyNeedsPrices(settings)) return [];
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

async function askModel(chatModel: Model, model: string, timeoutMs: number): Promise<Finding[]> {
  try {
    const { ms, sent, usage, kinds } = await sayHello(chatModel, model, timeoutMs);
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

function failureSentence(model: string, thrown: unknown): string {
  const failure = failureOf(thrown);
  const help = failure.kind === 'upstream' ? upstreamHelp[failure.reason] : 'It does not answer.';
  return `${model}: ${help} (${causesOf(thrown)})`;
}
