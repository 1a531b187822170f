import './welcome.css';
import { Icon, type IconName } from '@/components/ui/icon';
import { prependToDraft } from '@/lib/client/composer/drafts';
import { focusMessage } from '@/lib/client/composer/focus-message';
import { changeDraft } from '@/lib/client/composer/use-draft';
import { useTexts } from '@/lib/texts/use-texts';
import type { Texts } from '@/lib/texts/texts';

const KINDS = ['explain', 'code', 'compare', 'plan'] as const satisfies readonly IconName[] &
  readonly (keyof Texts['welcome']['prompts'])[];

/** Below the composer of a chat that has not begun: each puts a question into its field. */
export function Starters({ sessionId }: { readonly sessionId: string | null }) {
  const texts = useTexts();
  const { prompts } = texts.welcome;
  // An unedited suggestion, which another one may replace.
  const isPrompt = (draft: string) => KINDS.some((kind) => prompts[kind].text === draft);
  return (
    <div className="starters">
      <ul>
        {KINDS.map((kind) => (
          <li key={kind}>
            <button
              type="button"
              title={prompts[kind].text}
              onClick={() => {
                const { text } = prompts[kind];
                changeDraft(sessionId, (draft) =>
                  isPrompt(draft) ? text : prependToDraft(text, draft),
                );
                focusMessage();
              }}
            >
              <Icon name={kind} />
              {prompts[kind].title}
            </button>
          </li>
        ))}
      </ul>
      <p>{texts.welcome.about}</p>
    </div>
  );
}
