import './reply-facts.css';
import { SeenButton } from '@/components/prompts/seen-button';
import { useModelName } from '@/lib/client/models/model-names';
import { useLocalTime } from '@/lib/client/time/use-local-time';
import type { PageFacts } from '@/lib/page/session-page';
import { useTexts } from '@/lib/texts/use-texts';
import type { Texts } from '@/lib/texts/texts';

interface Props {
  readonly facts: PageFacts | null | undefined;
  /** Null for a reply that is not stored. */
  readonly messageId: string | null;
}

/** A collapsible line with the cost and the time of a reply; nothing until it is stored. */
export function ReplyFacts({ facts, messageId }: Props) {
  return facts ? <Facts facts={facts} messageId={messageId} /> : null;
}

function Facts({ facts, messageId }: Props & { readonly facts: PageFacts }) {
  const words = useTexts().facts;
  const nameOf = useModelName();
  const modelName = facts.model && nameOf(facts.model);
  const { short, long } = useLocalTime(facts.writtenAt);
  return (
    <details className="reply-facts">
      <summary>
        <span className="visually-hidden">{words.of} </span>
        {words.line(modelName, facts.tokens, facts.totalMs, short)}
      </summary>
      <dl>
        {rowsOf(words, facts, modelName, long).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {messageId !== null && <SeenButton messageId={messageId} />}
    </details>
  );
}

function rowsOf(
  words: Texts['facts'],
  facts: PageFacts,
  modelName: string | null,
  written: string,
): readonly (readonly [string, string])[] {
  const { model, finish, promptTokens, tokens, firstTokenMs, totalMs } = facts;
  const rows = [
    [words.model, modelName === model ? model : `${String(modelName)} (${String(model)})`],
    [words.tokensIn, promptTokens === null ? null : words.tokens(promptTokens)],
    [words.tokensOut, tokens === null ? null : words.tokens(tokens)],
    [words.firstToken, firstTokenMs === null ? null : words.time(firstTokenMs)],
    [words.total, totalMs === null ? null : words.time(totalMs)],
    [words.ended, finish && words.finish[finish]],
    [words.written, written],
  ] as const;
  return rows.flatMap(([name, value]) => (value === null ? [] : [[name, value] as const]));
}
