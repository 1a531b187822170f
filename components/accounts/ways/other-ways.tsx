import type { LaterTexts } from '@/lib/texts/texts';
import { PasskeyButton } from './passkey-button';
import { ProviderButton } from './provider-button';

interface Props {
  readonly words: LaterTexts['accounts']['ways'];
  readonly next: string;
  /** The provider's name; null without one. */
  readonly provider: string | null;
  /** New accounts have no passkey yet. */
  readonly withPasskey: boolean;
  readonly isInvitation?: boolean;
}

/** The ways in without a password, below the form. */
export function OtherWays({ words, next, provider, withPasskey, isInvitation = false }: Props) {
  if (provider === null && !withPasskey) return null;
  return (
    <div className="other-ways">
      <p className="other-ways-or">{words.or}</p>
      {provider !== null && (
        <ProviderButton name={provider} next={next} isInvitation={isInvitation} />
      )}
      {withPasskey && <PasskeyButton next={next} />}
    </div>
  );
}
