import './token-pill.css';
import { useId } from 'react';
import { shareOf, type TokenUse } from '@/lib/page/token-use';
import { useTexts } from '@/lib/texts/use-texts';

/** The tokens of a session and the share of the model's context in use. A click says what they mean. */
export function TokenPill({ use: { session, context } }: { readonly use: TokenUse }) {
  const words = useTexts().facts.pill;
  const id = useId();
  const share = context && shareOf(context);
  return (
    <>
      <button type="button" className="token-pill" popoverTarget={id}>
        <span className="visually-hidden">{words.label}: </span>
        <span className="token-count">
          {words.count(session)} <span className="token-unit">{words.unit}</span>
        </span>
        {share !== null && <span className="token-share">{words.share(share)}</span>}
      </button>
      <div id={id} popover="auto" role="note" className="token-meaning">
        <p>{words.session(session)}</p>
        {context && share !== null && <p>{words.context(context.tokens, context.window, share)}</p>}
      </div>
    </>
  );
}
