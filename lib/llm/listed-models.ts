/** A model as an upstream lists it. `contextTokens`: how much it can read and write at once; null where not said. */
export interface ListedModel {
  readonly id: string;
  readonly contextTokens: number | null;
}

/** A list for a person to choose from; an upstream that names more is asked to be told its models in CHAT_MODELS. */
const MODELS_MAX = 500;
const NAME_MAX = 200;

/** Controls, what changes the direction of text, what cannot be seen, and halves of characters. */
const UNPLAIN = /[\p{C}\p{Zl}\p{Zp}]/u;

/** What can be used of a list that any server may have written: plain names, each once, some hundreds at most. */
export function listedModels(items: unknown): ListedModel[] {
  const models = new Map<string, ListedModel>();
  for (const item of Array.isArray(items) ? (items as unknown[]) : []) {
    if (models.size === MODELS_MAX) break;
    if (typeof item !== 'object' || item === null) continue;
    const { id } = item as { id?: unknown };
    if (isPlainName(id) && !models.has(id)) models.set(id, { id, contextTokens: contextOf(item) });
  }
  return [...models.values()];
}

const isPlainName = (id: unknown): id is string =>
  typeof id === 'string' && id.length <= NAME_MAX && id.trim() !== '' && !UNPLAIN.test(id);

/** As vLLM, OpenRouter, Groq, LM Studio, Mistral and llama.cpp say it; one that says several means the smallest. */
const CONTEXT_FIELDS = [
  'context_length',
  'max_model_len',
  'context_window',
  'max_context_length',
  'loaded_context_length',
  'n_ctx',
  'n_ctx_train',
];
/** A smaller figure is no size of a context, or of one that nothing fits in. */
const CONTEXT_MIN = 256;

function contextOf(item: object): number | null {
  const { meta } = item as { meta?: unknown };
  const said = { ...(typeof meta === 'object' ? meta : null), ...item } as Record<string, unknown>;
  const sizes = CONTEXT_FIELDS.map((field) => said[field]).filter(
    (size) => Number.isSafeInteger(size) && Number(size) >= CONTEXT_MIN,
  );
  return sizes.length > 0 ? Math.min(...sizes.map(Number)) : null;
}
