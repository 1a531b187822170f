import { useId, useState } from 'react';
import { Button } from '@/components/ui/button';
import { SCOPES, type Scope } from '@/lib/accounts/scopes';
import type { NewKeyRequest } from '@/lib/client/keys/key-calls';
import { useLaterTexts } from '@/lib/texts/use-texts';
import type { LaterTexts } from '@/lib/texts/texts';

const DAY_MS = 86_400_000;
const NAME_MAX = 64;
/** What most programs need. */
const USUAL: readonly Scope[] = ['chat', 'sessions:read', 'sessions:write'];

type End = keyof LaterTexts['keys']['ends'];
const ENDS: readonly End[] = ['30', '90', '365', 'never'];

const endOf = (end: End): string | null =>
  end === 'never' ? null : new Date(Date.now() + Number(end) * DAY_MS).toISOString();

interface Props {
  readonly busy: boolean;
  readonly onMake: (request: NewKeyRequest) => Promise<void>;
}

export function NewKey({ busy, onMake }: Props) {
  const words = useLaterTexts().keys;
  const id = useId();
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState(USUAL);
  const [end, setEnd] = useState<End>('90');
  const ready = !busy && name.trim() !== '' && scopes.length > 0;
  return (
    <form
      className="keys-new"
      aria-labelledby={`${id}-title`}
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) void onMake({ name: name.trim(), scopes, expires_at: endOf(end) });
      }}
    >
      <h3 id={`${id}-title`}>{words.fresh}</h3>
      <div className="keys-field">
        <label htmlFor={`${id}-name`}>{words.name}</label>
        <input
          id={`${id}-name`}
          aria-describedby={`${id}-hint`}
          value={name}
          dir="auto"
          maxLength={NAME_MAX}
          autoComplete="off"
          enterKeyHint="done"
          onChange={(event) => {
            setName(event.target.value);
          }}
        />
        <span className="keys-hint" id={`${id}-hint`}>
          {words.nameHint}
        </span>
      </div>
      <Scopes chosen={scopes} onChoose={setScopes} />
      <div className="keys-field">
        <label htmlFor={`${id}-end`}>{words.end}</label>
        <select
          id={`${id}-end`}
          value={end}
          onChange={(event) => {
            setEnd(ENDS.find((each) => each === event.target.value) ?? 'never');
          }}
        >
          {ENDS.map((each) => (
            <option key={each} value={each}>
              {words.ends[each]}
            </option>
          ))}
        </select>
      </div>
      <Button type="submit" className="button button-primary" softDisabled={!ready}>
        {words.make}
      </Button>
    </form>
  );
}

interface ScopesProps {
  readonly chosen: readonly Scope[];
  readonly onChoose: (scopes: readonly Scope[]) => void;
}

function Scopes({ chosen, onChoose }: ScopesProps) {
  const words = useLaterTexts().keys;
  return (
    <fieldset>
      <legend>{words.scopes}</legend>
      {SCOPES.map((scope) => (
        <label key={scope}>
          <input
            type="checkbox"
            checked={chosen.includes(scope)}
            onChange={({ target }) => {
              onChoose(
                SCOPES.filter((each) => (each === scope ? target.checked : chosen.includes(each))),
              );
            }}
          />
          <span>
            {words.scope[scope]} <code>{scope}</code>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
