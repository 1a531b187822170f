import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { WrittenSession } from '@/lib/sessions/export/session-file';
import { at } from '../stored-session';

const time = (second: number) => at(second).toISOString().replace('Z', '+00:00');

const text = fc
  .string({ unit: 'grapheme', maxLength: 30 })
  .map((each) => each.replaceAll('\0', ''));

const linesOf = (memory: string | null): string[] =>
  (memory ?? '')
    .trim()
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** Any tree of messages: each answers one of those before it, or none. */
export const anySession: fc.Arbitrary<WrittenSession> = fc
  .array(
    fc.record({
      above: fc.nat(),
      role: fc.constantFrom('user' as const, 'assistant' as const),
      content: text,
      reasoning: fc.option(text.filter((each) => each !== '')),
      state: fc.constantFrom('complete' as const, 'stopped' as const, 'interrupted' as const),
      gap: fc.integer({ min: 1, max: 3 }),
    }),
    { maxLength: 12 },
  )
  .chain((drawn) =>
    fc.record({
      title: fc.option(text.map((each) => each.slice(0, 100).toWellFormed())),
      memory: fc.option(text),
      head: fc.nat(),
      drawn: fc.constant(drawn),
      forgotten: fc.nat(5),
    }),
  )
  .map(({ title, memory, head, drawn, forgotten }) => {
    const ids = drawn.map(() => randomUUID());
    let seq = 0;
    return {
      id: randomUUID(),
      title,
      memory,
      memory_pinned: linesOf(memory).slice(0, 1),
      memory_enabled: memory !== null,
      forgotten_seq: forgotten,
      system_prompt: title,
      model: memory === null ? null : 'm',
      temperature: memory === null ? null : 0.7,
      max_tokens: memory === null ? null : 100,
      pinned_at: head % 2 === 0 ? time(2) : null,
      archived_at: head % 3 === 0 ? time(3) : null,
      tags: head % 2 === 0 ? ['work', 'a "b" c'] : [],
      head: ids[head % Math.max(1, ids.length)] ?? null,
      tokens: head,
      context_tokens: null,
      created_at: time(1),
      updated_at: time(3),
      last_activity: time(2),
      memory_revisions: [
        { id: randomUUID(), text: memory, author: 'user', turn: null, created_at: time(2) },
      ],
      messages: drawn.map(({ above, role, content, reasoning, state, gap }, index) => {
        seq += gap;
        return {
          id: ids[index] ?? '',
          parent: ids.slice(0, index)[above % (index + 1)] ?? null,
          seq,
          role,
          content,
          parts:
            reasoning === null
              ? null
              : [
                  { kind: 'reasoning' as const, text: reasoning },
                  { kind: 'source' as const, url: 'https://example.com/a?b', title: null },
                  ...(content === '' ? [] : [{ kind: 'text' as const, text: content }]),
                ],
          state,
          finish: null,
          model: role === 'user' ? null : 'gpt',
          tokens: gap,
          usage: gap === 1 ? { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 } : null,
          first_token_ms: null,
          total_ms: gap,
          thought_ms: reasoning === null ? null : gap,
          turn: index === 3 ? 'turn' : null,
          created_at: time(1),
        };
      }),
    };
  });
