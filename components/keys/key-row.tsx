import { useState } from 'react';
import { Button } from '@/components/ui/button';
import type { StoredKey } from '@/lib/client/keys/key-calls';
import { laterTexts } from '@/lib/texts/later-texts';
import { texts } from '@/lib/texts/texts';

const words = laterTexts.keys;

const day = (time: string) =>
  new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' }).format(new Date(time));
const minute = (time: string) =>
  new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' }).format(
    new Date(time),
  );

function endText(end: string | null): string {
  if (end === null) return words.endless;
  return new Date(end).getTime() > Date.now() ? words.until(day(end)) : words.ended(day(end));
}

interface Props {
  readonly stored: StoredKey;
  readonly busy: boolean;
  readonly onRevoke: () => Promise<void>;
}

/** One key. Revoking it asks first. */
export function KeyRow({ stored, busy, onRevoke }: Props) {
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
            {used === null ? words.unused : words.used(minute(used))} · {endText(end)}
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
