import { lineReader } from '@/lib/sse';
import { upstreamError } from '@/lib/llm/failure/upstream-error';

/**
 * Takes the bytes of an answer in any pieces and gives the JSON values in it, and `DONE` as it is. It reads event
 * streams, also with one line feed after an event or a field name written twice, and answers that are one JSON text:
 * more than the standard knows, see docs/decisions/024-written-by-hand.md.
 */
export interface SseParser {
  /** The values that these bytes complete. Throws `broken` for an oversized event and for HTML. */
  push(bytes: Uint8Array): unknown[];
  /** The values of a last event without a blank line. */
  end(): unknown[];
}

export const DONE = '[DONE]';
const EVENT_MAX = 4 * 1024 * 1024;
/** The overhead of a line, so that EVENT_MAX also limits many short ones. */
const LINE_COST = 16;

export function sseParser(): SseParser {
  // Decodes characters split between pieces and drops a byte order mark.
  const decoder = new TextDecoder();
  const lines = lineReader();
  const events = eventReader();
  let begun = false;

  /** Detects the format by the first character: the Content-Type is wrong too often. */
  const begin = (text: string) => {
    const head = text.trimStart();
    begun = head !== '';
    if (head.startsWith('<'))
      throw upstreamError('broken', 'unexpected content: an HTML page, not an event stream');
    if (head.startsWith('{') || head.startsWith('[')) events.isBare();
  };

  return {
    push(bytes) {
      const text = decoder.decode(bytes, { stream: true });
      if (!begun) begin(lines.rest() + text);
      const values: unknown[] = [];
      for (const line of lines.push(text)) events.take(line, values);
      if (lines.rest().length + events.heldLength() > EVENT_MAX)
        throw upstreamError('broken', 'an event of the stream does not end');
      return values;
    },
    end() {
      const values: unknown[] = [];
      events.take(lines.rest(), values);
      events.flush(values);
      return values;
    },
  };
}

/** Assembles lines into values. A line that is a whole JSON object is a value at once, before any blank line. */
function eventReader() {
  let bare = false;
  let isError = false;
  let buffered: string[] = [];
  let heldLength = 0;

  const give = (value: unknown, values: unknown[]) => {
    values.push(isError ? asError(value) : value);
    isError = false;
  };

  const flush = (values: unknown[]) => {
    if (buffered.length > 0) {
      const value = parsed(buffered.join('\n'));
      // Plain text in an error event is an error too.
      if (value !== undefined || isError) give(value, values);
      buffered = [];
      heldLength = 0;
    }
    isError = false;
  };

  const data = (text: string, values: unknown[]) => {
    if (text === '') return;
    const value = isObject(text) ? parsed(text) : text.trim() === DONE ? DONE : undefined;
    if (value === undefined) {
      buffered.push(text);
      heldLength += text.length + LINE_COST;
      return;
    }
    if (buffered.length > 0) flush(values);
    give(value, values);
  };

  return {
    flush,
    heldLength: () => heldLength,
    /** The body is plain JSON, not SSE. */
    isBare() {
      bare = true;
    },
    take(line: string, values: unknown[]) {
      if (line === '') {
        if (!bare) flush(values);
      } else if (line.startsWith('data:')) data(valueOf(line), values);
      else if (bare || isObject(line)) data(line, values);
      else if (line.startsWith('event:')) isError = line.slice(6).trim() === 'error';
      else if (line.startsWith('error:')) {
        isError = true;
        data(line.slice(6).trim(), values);
      }
    },
  };
}

/** Gateways that wrap one event stream in another write the field name twice. */
const valueOf = (line: string): string => afterName(afterName(line));

const afterName = (text: string): string =>
  text.startsWith('data:') ? text.slice(text.startsWith('data: ') ? 6 : 5) : text;

const isObject = (text: string): boolean =>
  text.startsWith('{') && (text.endsWith('}') || text.trimEnd().endsWith('}'));

const asError = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'error' in value ? value : { error: value ?? {} };

function parsed(text: string): unknown {
  try {
    const value = JSON.parse(text) as unknown;
    // Written as JSON twice.
    return typeof value === 'string' && isObject(value) ? (JSON.parse(value) as unknown) : value;
  } catch {
    return undefined;
  }
}
