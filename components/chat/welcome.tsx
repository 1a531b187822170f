import './welcome.css';
import { Icon } from '@/components/ui/icon';
import { putBefore } from '@/lib/client/composer/drafts';
import { focusMessage } from '@/lib/client/composer/focus-message';
import { changeDraft } from '@/lib/client/composer/use-draft';
import { demoAdviceParts } from '@/lib/demo-advice';

const PROMPTS = [
  { title: 'Explain something', text: 'Explain how the tides work, as if I were ten years old.' },
  { title: 'Write code', text: 'Write a function for the Fibonacci numbers in three languages.' },
  { title: 'Compare', text: 'Compare SQLite and PostgreSQL for a small web app, in a table.' },
  { title: 'Make a plan', text: 'Plan a weekend in Lisbon for two who like food and walking.' },
] as const;

/** Nobody's own words, so another may take their place. */
const isPrompt = (draft: string) => PROMPTS.some(({ text }) => text === draft);

interface Props {
  readonly sessionId: string | null;
  readonly demo: boolean;
}

export function Welcome({ sessionId, demo }: Props) {
  return (
    <div className="welcome-frame">
      <div className="welcome">
        <span className="brand-mark" aria-hidden="true" />
        <h2>What would you like to know?</h2>
        <p className="lead">
          Ask-Next keeps your sessions, and a memory of each that you can read and edit.
        </p>
        {demo && <DemoNotice />}
        <ul className="prompts">
          {PROMPTS.map(({ title, text }) => (
            <li key={title}>
              <button
                type="button"
                onClick={() => {
                  changeDraft(sessionId, (draft) =>
                    isPrompt(draft) ? text : putBefore(text, draft),
                  );
                  focusMessage();
                }}
              >
                <strong>{title}</strong>
                <span>{text}</span>
              </button>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

function DemoNotice() {
  return (
    <div className="demo-notice">
      <Icon name="warning" />
      <p>
        <strong>This is the built-in demo.</strong> No language model is connected, so the answers
        are canned.{' '}
        {demoAdviceParts().map((part, n) => (n % 2 ? <code key={part}>{part}</code> : part))}
      </p>
    </div>
  );
}
