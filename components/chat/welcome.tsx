import './welcome.css';
import Link from 'next/link';
import { Icon } from '@/components/ui/icon';
import { prependToDraft } from '@/lib/client/composer/drafts';
import { focusMessage } from '@/lib/client/composer/focus-message';
import { changeDraft } from '@/lib/client/composer/use-draft';
import { texts } from '@/lib/texts/texts';
import { MarkedText } from '@/components/ui/marked-text';

/** An unedited suggestion, which another one may replace. */
const isPrompt = (draft: string) => texts.welcome.prompts.some(({ text }) => text === draft);

interface Props {
  readonly sessionId: string | null;
  readonly demo: boolean;
}

export function Welcome({ sessionId, demo }: Props) {
  return (
    <div className="welcome-frame">
      <div className="welcome">
        <span className="brand-mark" aria-hidden="true" />
        <h2>{texts.welcome.question}</h2>
        <p className="lead">{texts.welcome.about}</p>
        {demo && <DemoNotice />}
        <ul className="prompts">
          {texts.welcome.prompts.map(({ title, text }) => (
            <li key={title}>
              <button
                type="button"
                onClick={() => {
                  changeDraft(sessionId, (draft) =>
                    isPrompt(draft) ? text : prependToDraft(text, draft),
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
        <Link className="quiet-button" href="/temporary" prefetch={false}>
          <Icon name="temporary" />
          {texts.temporary.open}
        </Link>
      </div>
    </div>
  );
}

function DemoNotice() {
  return (
    <div className="demo-notice">
      <Icon name="warning" />
      <p>
        <MarkedText text={texts.demo.notice} />
      </p>
    </div>
  );
}
