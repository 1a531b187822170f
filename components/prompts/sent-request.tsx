import type { SentPrompt } from '@/lib/client/net/prompt-api';
import { useLaterTexts } from '@/lib/texts/use-texts';

interface Props {
  readonly request: SentPrompt;
  /** Which of several it is; null: the only one. */
  readonly place: string | null;
}

export function SentRequest({ request, place }: Props) {
  const laterTexts = useLaterTexts();
  const words = laterTexts.prompts;
  const { omitted, about, memory, forgotten } = request;
  return (
    <article className="prompt-request">
      {place && <h3 className="prompt-place">{place}</h3>}
      <Facts request={request} />
      <Section title={words.system}>
        <p dir="auto">{request.system_prompt}</p>
      </Section>
      {(about !== null || forgotten.includes('about')) && (
        <Section title={laterTexts.memory.me.title}>
          <Kept text={about} none={words.forgotten} />
        </Section>
      )}
      <Section title={words.memory}>
        <Kept
          text={memory}
          none={forgotten.includes('memory') ? words.forgotten : words.noMemory}
        />
      </Section>
      <Section title={words.exchanges}>
        <p className="prompt-note">{words.omitted(omitted)}</p>
        <ol>
          {exchangesOf(request).map(({ role, content }, index) => (
            <li key={index}>
              <strong>{role === 'user' ? words.user : words.assistant}</strong>
              <p dir="auto">{content}</p>
            </li>
          ))}
        </ol>
      </Section>
    </article>
  );
}

const exchangesOf = ({ messages }: SentPrompt) => messages.filter(({ role }) => role !== 'system');

const Kept = ({ text, none }: { text: string | null; none: string }) =>
  text === null ? <p className="prompt-note">{none}</p> : <p dir="auto">{text}</p>;

function Section({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <section className="prompt-section">
      <h3>{title}</h3>
      {children}
    </section>
  );
}

/** The model, the tokens, and the parameters under the names by which they were sent. */
function Facts({ request: { model, tokens, parameters } }: { request: SentPrompt }) {
  const words = useLaterTexts().prompts;
  const rows = [
    [words.model, model],
    [words.tokens, tokens === null ? words.notCounted : words.tokenCount(tokens)],
    ...Object.entries(parameters).map(([name, value]) => [name, JSON.stringify(value)] as const),
  ] as const;
  return (
    <dl className="prompt-facts">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
