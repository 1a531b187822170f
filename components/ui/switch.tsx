interface Props {
  readonly label: string;
  readonly checked: boolean;
  /** Like `disabled`, but keeps the focus. */
  readonly softDisabled?: boolean;
  readonly title?: string;
  readonly onChange: (checked: boolean) => void;
}

export function Switch({ label, checked, softDisabled = false, title, onChange }: Props) {
  return (
    <label className="switch" title={title}>
      <input
        type="checkbox"
        role="switch"
        aria-checked={checked}
        checked={checked}
        aria-disabled={softDisabled || undefined}
        onChange={(event) => {
          if (!softDisabled) onChange(event.target.checked);
        }}
      />
      <span className="switch-track" aria-hidden="true" />
      <span>{label}</span>
    </label>
  );
}
