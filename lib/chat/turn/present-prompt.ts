import type { PromptPiece, PromptRecord, PromptText } from '@/lib/chat/turn/prompt-record';
import type { StoredPrompt } from '@/lib/chat/turn/prompt-store';
import type { PromptMessage } from '@/lib/ports/model';
import { isoTime } from '@/lib/sessions/present';

type Texts = Partial<Record<PromptText, string | null>>;

/** A request as it was sent, for the API. Null when one of its messages was deleted. */
export function presentPrompt({
  requestId,
  createdAt,
  usage,
  record,
  texts: kept,
  contents,
}: StoredPrompt) {
  const texts = textsIn(record, kept);
  const messages = messagesIn(record, texts, contents);
  return (
    messages && {
      request_id: requestId,
      created_at: isoTime(createdAt),
      model: record.model,
      parameters: record.parameters,
      tokens: usage?.prompt_tokens ?? null,
      omitted: record.omitted,
      system_prompt: texts.system ?? null,
      about: texts.about ?? null,
      memory: texts.memory ?? null,
      /** Texts that were sent and have been deleted since. */
      forgotten: Object.entries(texts).flatMap(([kind, text]) => (text === null ? [kind] : [])),
      messages,
    }
  );
}

/** Null: deleted since. */
const textsIn = (record: PromptRecord, kept: ReadonlyMap<string, string>): Texts =>
  Object.fromEntries(
    Object.entries(record.texts).map(([kind, text]) => [
      kind,
      typeof text === 'string' ? text : (kept.get(text.id)?.slice(0, text.length) ?? null),
    ]),
  );

function messagesIn(
  record: PromptRecord,
  texts: Texts,
  contents: ReadonlyMap<number, string>,
): PromptMessage[] | null {
  const textOf = (piece: PromptPiece): string | null => {
    if (typeof piece === 'string') return piece;
    if ('of' in piece) return texts[piece.of] ?? '';
    const [seq, ...between] = piece;
    const [from, to] = between.length === 1 ? [0, between[0]] : between;
    const part = contents.get(seq)?.slice(from, to);
    return part?.length === to - from ? part : null;
  };
  const messages = record.messages.map(([role, ...pieces]) => {
    const parts = pieces.map(textOf);
    return parts.includes(null) ? null : { role, content: parts.join('') };
  });
  return messages.every((message) => message !== null) ? messages : null;
}
