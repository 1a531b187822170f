import type { ToolCall } from '@/lib/ports/model';
import { upstreamError } from '@/lib/llm/failure/upstream-error';
import type { Choice } from './choice-text';

/** In UTF-16 units, over all calls of an answer. */
const CALLS_MAX = 1_000_000;

interface Piece {
  readonly index?: unknown;
  readonly id?: unknown;
  readonly function?: { readonly name?: unknown; readonly arguments?: unknown } | null;
}

/** Assembles the tool calls of an answer, which arrive whole or in pieces. */
export function toolCalls(newId: () => string = () => `call_${crypto.randomUUID()}`) {
  let calls: { index: unknown; id: string; name: string; arguments: string }[] = [];
  let length = 0;

  const take = (piece: Piece, at: number) => {
    const { index = at, id, function: called } = piece;
    const args = textIn(called?.arguments);
    const name = typeof called?.name === 'string' ? called.name : '';
    length += args.length + name.length;
    if (length > CALLS_MAX) throw upstreamError('broken', 'the calls of tools do not end');
    const begun = calls.findLast((call) => call.index === index);
    // Some servers give every call the same index, and others repeat the id in each piece.
    const isNew = begun === undefined || (isId(id) && begun.id !== id);
    if (isNew) calls.push({ index, id: isId(id) ? id : newId(), name, arguments: args });
    else {
      begun.name ||= name;
      begun.arguments += args;
    }
  };

  return {
    read({ delta, message }: Choice): void {
      const pieces = (delta ?? message)?.['tool_calls'];
      if (!Array.isArray(pieces)) return;
      for (const [at, piece] of (pieces as unknown[]).entries())
        if (typeof piece === 'object' && piece !== null) take(piece, at);
    },
    /** The calls so far, each once. */
    take(): readonly ToolCall[] {
      const whole = calls.filter(({ name }) => name !== '');
      calls = [];
      return whole.map(({ id, name, arguments: args }) => ({
        id: storable(id),
        name: storable(name),
        arguments: storable(args || '{}'),
      }));
    },
  };
}

const isId = (id: unknown): id is string => typeof id === 'string' && id !== '';

const textIn = (args: unknown): string => {
  if (typeof args === 'string') return args;
  return typeof args === 'object' && args !== null ? JSON.stringify(args) : '';
};

const storable = (text: string): string => text.replaceAll('\u0000', '').toWellFormed();
