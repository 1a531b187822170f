interface Props {
  readonly label: string;
  readonly checked: boolean;
  /** Like `disabled`, but keeps the focus. */
  readonly held?: boolean;
  readonly title?: string;
  readonly onChange: (checked: boolean) => void;
}

export function Switch({ label, checked, held = false, title, onChange }: Props) {
  return (
    <label className="switch" title={title}>
      <input
        type="checkbox"
        role="switch"
        aria-checked={checked}
        checked={checked}
        aria-disabled={held || undefined}
        onChange={(event) => {
          if (!held) onChange(event.target.checked);
        }}
      />
      <span className="switch-track" aria-hidden="true" />
      <span>{label}</span>
    </label>
  );
}
