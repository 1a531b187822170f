import { useState } from 'react';
import { Button } from '@/components/ui/button';
import type { StoredKey } from '@/lib/client/keys/key-calls';
import { useTexts, useLaterTexts } from '@/lib/texts/use-texts';
import type { LaterTexts } from '@/lib/texts/texts';
import { writtenDate } from '@/lib/sessions/day';
import { ownLocale } from '@/lib/client/time/own-locale';
import { useLocalTime } from '@/lib/client/time/use-local-time';

function endText(words: LaterTexts['keys'], locale: string, end: string | null): string {
  if (end === null) return words.endless;
  const time = Date.parse(end);
  const day = writtenDate(locale)(time);
  return time > Date.now() ? words.until(day) : words.ended(day);
}

function LastUse({ at }: { at: string }) {
  return useLaterTexts().keys.used(useLocalTime(at).long);
}

interface Props {
  readonly stored: StoredKey;
  readonly busy: boolean;
  readonly onRevoke: () => Promise<void>;
}

/** One key. Revoking it asks first. */
export function KeyRow({ stored, busy, onRevoke }: Props) {
  const texts = useTexts();
  const words = useLaterTexts().keys;
  const locale = ownLocale(texts.dates.locale);
  /** Null: not asked yet. */
  const [confirming, setConfirming] = useState<boolean | null>(null);
  const { name, scopes, expires_at: end, last_used_at: used } = stored;
  return (
    <li>
      <div className="keys-row">
        <div>
          <strong dir="auto">{name}</strong>
          <p className="keys-hint">{scopes.join(', ')}</p>
          <p className="keys-hint">
            {used === null ? words.unused : <LastUse at={used} />} · {endText(words, locale, end)}
          </p>
        </div>
        {!confirming && (
          <Button
            // Back from the question, whose button had the focus.
            ref={confirming === false ? focus : null}
            aria-label={words.revokeNamed(name)}
            softDisabled={busy}
            onClick={() => {
              setConfirming(true);
            }}
          >
            {words.revoke}
          </Button>
        )}
      </div>
      {confirming && (
        <div className="keys-sure" role="alert">
          <p>{words.sure(name)}</p>
          <Button
            // The button that had the focus is gone.
            ref={focus}
            onClick={() => {
              setConfirming(false);
            }}
          >
            {texts.controls.cancel}
          </Button>
          <Button
            className="button button-danger"
            softDisabled={busy}
            onClick={() => void onRevoke()}
          >
            {words.revoke}
          </Button>
        </div>
      )}
    </li>
  );
}

const focus = (button: HTMLButtonElement | null): void => {
  button?.focus();
};
