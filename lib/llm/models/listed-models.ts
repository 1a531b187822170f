import { canChat } from './can-chat';
import { inOrder } from './list-order';

/** A model as an upstream lists it. `contextTokens`: how much it can read and write at once; null where not said. */
export interface ListedModel {
  readonly id: string;
  readonly contextTokens: number | null;
  /** As far as can be told. */
  readonly chats: boolean;
}

/** A list for a person to choose from; an upstream that names more is asked to be told its models in CHAT_MODELS. */
const MODELS_MAX = 500;
const NAME_MAX = 200;

/** Controls, what changes the direction of text, what cannot be seen, and halves of characters. */
const UNPLAIN = /[\p{C}\p{Zl}\p{Zp}]/u;

/**
 * What can be used of a list that any server may have written, in whichever shape: plain names, each once, some hundreds
 * at most. The first is the one to offer first.
 */
export function listedModels(body: unknown): ListedModel[] {
  const models = new Map<string, Item>();
  for (const item of itemsIn(body)) {
    if (models.size === MODELS_MAX) break;
    const read = itemOf(item);
    if (read && !models.has(read.id)) models.set(read.id, read);
  }
  return inOrder([...models.values()]).map(({ id, contextTokens, chats }) => ({
    id,
    contextTokens,
    chats,
  }));
}

interface Item extends ListedModel {
  readonly ownedBy: unknown;
  readonly created: unknown;
}

/** A bare array, OpenAI's `data`, the `models` of Ollama, Google and Cohere, Cloudflare's `result`, or one in another. */
function itemsIn(body: unknown, within = true): readonly unknown[] {
  if (Array.isArray(body)) return body as unknown[];
  if (typeof body !== 'object' || body === null) return [];
  const { data, models, result } = body as Record<string, unknown>;
  const lists = [data, models, result];
  const list = lists.find((each) => Array.isArray(each));
  return list ?? (within ? itemsIn(lists.find(isRecord), false) : []);
}

const isRecord = (value: unknown) => typeof value === 'object' && value !== null;

function itemOf(item: unknown): Item | null {
  if (isPlainName(item)) return itemOf({ id: item });
  if (typeof item !== 'object' || item === null) return null;
  const { id, name, model, key, owned_by, created } = item as Record<string, unknown>;
  // Cloudflare calls a model by its name, and its id is a number of its own.
  const isByName = typeof name === 'string' && name.startsWith('@');
  const called = isByName ? name : [id, name, model, key].find((word) => word !== undefined);
  // LiteLLM lists patterns, too.
  if (!isPlainName(called) || called.includes('*')) return null;
  const known = { contextTokens: contextOf(item), chats: canChat(called, item) };
  return { id: called, ...known, ownedBy: owned_by, created };
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
