import { newSources, readSource, SOURCES_MAX, type Source } from '@/lib/reply/source';

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads what answers cite. Many servers repeat the whole list with every chunk, and some send the titles only with the
 * last: an address alone waits for the end.
 */
export function citations() {
  const isNew = newSources();
  const bare = new Map<string, Source>();
  let found = 0;
  return {
    /** The sources that this chunk is the first to describe. */
    read(chunk: object): readonly Source[] {
      if (found >= SOURCES_MAX || !mayCite(chunk as Fields)) return NONE;
      const described: Source[] = [];
      for (const cited of citedIn(chunk as Fields)) {
        const source = sourceOf(cited);
        if (source === null) continue;
        if (typeof cited !== 'string') {
          bare.delete(source.url);
          if (isNew(source)) described.push(source);
        } else if (bare.size < SOURCES_MAX) bare.set(source.url, source);
      }
      found += described.length;
      return described;
    },
    /** Those that no title came for. */
    rest(): readonly Source[] {
      const rest = [...bare.values()].filter(isNew);
      bare.clear();
      return rest;
    },
  };
}

const NONE: readonly Source[] = [];
const BESIDE = ['search_results', 'web_search', 'search_info', 'citations'];
const WITHIN = ['annotations', 'citations', 'context', 'executed_tools'];

/** Nearly every chunk has none of these fields, and is not searched. */
function mayCite(chunk: Fields): boolean {
  if (BESIDE.some((name) => chunk[name])) return true;
  const message = messageIn(chunk);
  return Boolean(
    message && (typeof message['content'] === 'object' || WITHIN.some((name) => message[name])),
  );
}

function messageIn(chunk: Fields): Fields | null {
  const choice = fieldsOf((chunk['choices'] as readonly unknown[] | null | undefined)?.[0]);
  return fieldsOf(choice?.['delta']) ?? fieldsOf(choice?.['message']);
}

/** So many entries of one list are looked at; hostile ones are longer. */
const LOOKS_MAX = 1000;

/** Where servers put what they cite: addresses, or objects with one. */
function* citedIn(chunk: Fields): Generator {
  // Perplexity, Zhipu and Alibaba, xAI and others: titled lists first.
  yield* listed(chunk['search_results']);
  yield* listed(chunk['web_search']);
  yield* listed(fieldsOf(chunk['search_info'])?.['search_results']);
  yield* listed(chunk['citations']);
  const message = messageIn(chunk);
  if (message) yield* citedInMessage(message);
}

function* citedInMessage(message: Fields): Generator {
  // OpenAI and OpenRouter.
  yield* listed(message['annotations']);
  yield* listed(message['citations']);
  // Azure, with data of one's own.
  yield* listed(fieldsOf(message['context'])?.['citations']);
  // Groq, whose systems search by themselves.
  for (const tool of listed(message['executed_tools']))
    yield* listed(fieldsOf(fieldsOf(tool)?.['search_results'])?.['results']);
  // Content in parts, each with its own.
  for (const part of listed(message['content'])) {
    yield* listed(fieldsOf(part)?.['annotations']);
    yield* listed(fieldsOf(part)?.['citations']);
  }
}

const listed = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? (value as unknown[]).slice(0, LOOKS_MAX) : [];

const fieldsOf = (value: unknown): Fields | null =>
  typeof value === 'object' && value !== null ? (value as Fields) : null;

function sourceOf(cited: unknown): Source | null {
  if (typeof cited === 'string') return readSource(cited, null);
  const fields = fieldsOf(cited);
  if (fields === null) return null;
  const { url, link, title } = fieldsOf(fields['url_citation']) ?? fields;
  return readSource(url ?? link, title);
}
