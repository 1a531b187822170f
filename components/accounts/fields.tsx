import { useId } from 'react';
import { useLaterTexts } from '@/lib/texts/use-texts';

const PASSWORD_MIN = 8;

interface TextProps {
  readonly name: string;
  readonly label: string;
  readonly autoComplete?: string;
  readonly optional?: boolean;
  readonly maxLength?: number;
}

export function TextField({
  name,
  label,
  autoComplete = 'off',
  optional = false,
  maxLength = 200,
}: TextProps) {
  const id = useId();
  return (
    <div className="account-field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        name={name}
        type="text"
        autoComplete={autoComplete}
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        maxLength={maxLength}
        required={!optional}
      />
    </div>
  );
}

interface PasswordProps {
  readonly name: string;
  readonly label: string;
  readonly autoComplete: 'current-password' | 'new-password';
}

/** No rules but a length, and only for a new password: what people have must go on working. */
export function PasswordField({ name, label, autoComplete }: PasswordProps) {
  const laterTexts = useLaterTexts();
  const id = useId();
  const isNew = autoComplete === 'new-password';
  return (
    <div className="account-field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        name={name}
        type="password"
        autoComplete={autoComplete}
        minLength={isNew ? PASSWORD_MIN : undefined}
        maxLength={1000}
        aria-describedby={isNew ? `${id}-hint` : undefined}
        required
      />
      {isNew && <small id={`${id}-hint`}>{laterTexts.accounts.passwordHint(PASSWORD_MIN)}</small>}
    </div>
  );
}
