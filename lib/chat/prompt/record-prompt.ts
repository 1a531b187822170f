import { withoutReasoning } from '@/lib/reasoning/without-reasoning';
import type { PromptPiece, PromptPlaces, PromptRecord } from '@/lib/chat/turn/prompt-record';
import type { TurnContext } from '@/lib/chat/turn/turn-store';
import type { PromptMessage, SentRequest } from '@/lib/ports/model';
import { JOINT } from './alternating';
import type { Prompt, PromptSection } from './prompt';

/** The stored texts that a prompt was built from. */
export interface PromptSources {
  readonly context: TurnContext['messages'];
  readonly question: string;
  /** The reply that a continuation extends; '' for a new one. */
  readonly reply: string;
  readonly places: PromptPlaces;
}

/** A stored message. `seq` is null if the message may be deleted; its text is recorded then. */
interface Source {
  readonly seq: number | null;
  readonly role: PromptMessage['role'];
  readonly content: string;
}

/**
 * Records a request that was sent, with stored texts by their places. Works on the request itself and not on how it was
 * built, so that what is read back is what was sent, to the character.
 */
export function recordPrompt(
  { model, parameters, messages }: SentRequest,
  { sections, omitted, messages: built }: Prompt,
  sources: PromptSources,
): PromptRecord {
  const left = sourcesIn(sources);
  const system = built[0]?.content ?? '';
  // From the end, because only the oldest messages are left out of a prompt.
  const recorded = messages.toReversed().map(({ role, content }, index) => {
    // A model that takes no system message has its text at the start of the first message.
    const isFirst = index === messages.length - 1 && content.startsWith(system);
    const contentPieces = piecesOf(isFirst ? content.slice(system.length) : content, left);
    return [role, ...(isFirst ? systemPieces(sections) : []), ...contentPieces] as const;
  });
  return {
    model,
    parameters,
    omitted,
    texts: Object.fromEntries(
      sections.map((section) => [section.kind, keptText(section, sources.places)]),
    ),
    messages: recorded.toReversed(),
  };
}

function sourcesIn({ context, question, reply, places }: PromptSources): Source[] {
  const earlier = context.map(({ seq, ...message }, at) =>
    // A question without a reply is taken away if its turn fails.
    ({ ...message, seq: isUnanswered(context, at) ? null : seq }),
  );
  return [
    ...earlier,
    { role: 'user' as const, content: question, seq: places.question },
    { role: 'assistant' as const, content: reply, seq: places.reply },
  ].filter(({ content }) => content.trim() !== '');
}

const isUnanswered = (context: TurnContext['messages'], at: number): boolean =>
  context[at]?.role === 'user' && context[at + 1]?.role !== 'assistant';

/** Removes the sources that the text ends with from `left`. */
function piecesOf(text: string, left: Source[]): PromptPiece[] {
  const pieces: PromptPiece[] = [];
  let rest = text;
  while (rest !== '') {
    const source = left.at(-1);
    if (!source) break;
    const length = lengthAtEnd(rest, source);
    if (length === 0) {
      if (sentOf(source).trim() !== '') break;
      // It had only reasoning, and was not sent.
      left.pop();
      continue;
    }
    left.pop();
    pieces.unshift(pieceOf(source, rest.slice(-length)));
    rest = rest.slice(0, -length);
    if (!rest.endsWith(JOINT)) break;
    pieces.unshift(JOINT);
    rest = rest.slice(0, -JOINT.length);
  }
  return rest === '' ? pieces : [rest, ...pieces];
}

/** As a prompt has it. */
const sentOf = ({ role, content }: Source): string =>
  role === 'assistant' ? withoutReasoning(content) : content;

/** How many units at the end of a prompt's text are from this source: all of it, or its end where the rest did not fit. */
function lengthAtEnd(text: string, source: Source): number {
  // Most replies have no thoughts in their text, and finding them takes longer.
  if (text.endsWith(source.content)) return source.content.length;
  const sent = sentOf(source);
  if (text.endsWith(sent)) return sent.length;
  return sent.endsWith(text) ? text.length : 0;
}

function pieceOf({ seq, content }: Source, text: string): PromptPiece {
  const from = content.lastIndexOf(text);
  if (seq === null || from === -1) return text;
  return from === 0 ? [seq, text.length] : [seq, from, from + text.length];
}

const systemPieces = (sections: readonly PromptSection[]): PromptPiece[] =>
  sections.flatMap(({ kind, head }, at) => {
    const before = (at === 0 ? '' : JOINT) + head;
    return before === '' ? [{ of: kind }] : [before, { of: kind }];
  });

function keptText({ kind, text }: PromptSection, { texts }: PromptPlaces) {
  const kept = texts.find((each) => each.kind === kind && each.text.startsWith(text));
  return kept ? { id: kept.id, length: text.length } : text;
}
