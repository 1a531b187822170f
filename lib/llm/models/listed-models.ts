import { canChat } from './can-chat';
import { inOrder } from './list-order';
import { listedPrice } from './listed-price';
import type { Price } from '@/lib/usage/price';

/** A model as an upstream lists it. `contextTokens`: its context length; `price`: in US dollars; null if not stated. */
export interface ListedModel {
  readonly id: string;
  readonly contextTokens: number | null;
  readonly price: Price | null;
  /** Whether it seems to be a chat model. */
  readonly chats: boolean;
}

/** Limits the list that users choose from; operators can name others in CHAT_MODELS. */
const MODELS_MAX = 500;
const NAME_MAX = 200;

/** Control, bidirectional and invisible characters, and lone surrogates. */
const UNPLAIN = /[\p{C}\p{Zl}\p{Zp}]/u;

/**
 * Parses a list of models from any server, in any known shape: plain names, without duplicates, at most MODELS_MAX. The
 * first is the default.
 */
export function listedModels(body: unknown): ListedModel[] {
  const models = new Map<string, Item>();
  for (const item of itemsIn(body)) {
    if (models.size === MODELS_MAX) break;
    const read = itemOf(item);
    if (read && !models.has(read.id)) models.set(read.id, read);
  }
  return inOrder([...models.values()]).map(({ id, contextTokens, price, chats }) => ({
    id,
    contextTokens,
    price,
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
  const known = {
    contextTokens: contextOf(item),
    price: listedPrice(item),
    chats: canChat(called, item),
  };
  return { id: called, ...known, ownedBy: owned_by, created };
}

const isPlainName = (id: unknown): id is string =>
  typeof id === 'string' && id.length <= NAME_MAX && id.trim() !== '' && !UNPLAIN.test(id);

/** The fields of vLLM, OpenRouter, Groq, LM Studio, Mistral and llama.cpp; of several, the smallest counts. */
const CONTEXT_FIELDS = [
  'context_length',
  'max_model_len',
  'context_window',
  'max_context_length',
  'loaded_context_length',
  'n_ctx',
  'n_ctx_train',
];
/** A smaller number is not a usable context length. */
const CONTEXT_MIN = 256;

function contextOf(item: object): number | null {
  const { meta } = item as { meta?: unknown };
  const fields = { ...(typeof meta === 'object' ? meta : null), ...item } as Record<
    string,
    unknown
  >;
  const sizes = CONTEXT_FIELDS.map((field) => fields[field]).filter(
    (size) => Number.isSafeInteger(size) && Number(size) >= CONTEXT_MIN,
  );
  return sizes.length > 0 ? Math.min(...sizes.map(Number)) : null;
}
