import { useId } from 'react';

interface Props {
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly placeholder: string;
  readonly bounds: {
    readonly least: number;
    readonly most: number | null;
    readonly step: number | 'any';
  };
  readonly onChange: (value: string) => void;
}

/** A number, or empty for the default. The browser validates it. */
export function NumberField({ label, hint, value, placeholder, bounds, onChange }: Props) {
  const id = useId();
  return (
    <div className="settings-field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="number"
        min={bounds.least}
        max={bounds.most ?? undefined}
        step={bounds.step}
        value={value}
        placeholder={placeholder}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={(event) => {
          onChange(event.target.value);
        }}
      />
      {hint && (
        <p id={`${id}-hint`} className="settings-hint">
          {hint}
        </p>
      )}
    </div>
  );
}
