import type { LaterTexts } from '@/lib/texts/texts';

export interface ShownChange {
  readonly id: string;
  readonly label: string;
  readonly before: string | null;
  readonly after: string | null;
  /** Null: not known any more. */
  readonly by: string | null;
  /** As it is written. */
  readonly when: string;
}

/** Who changed what, newest first. */
export function SettingsChanges({
  words,
  changes,
}: {
  words: LaterTexts['operator']['settings'];
  changes: readonly ShownChange[];
}) {
  return (
    <section className="account-section">
      <h2>{words.history}</h2>
      {changes.length === 0 && <p>{words.none}</p>}
      <ul className="account-rows server-changes">
        {changes.map(({ id, label, before, after, by, when }) => (
          <li key={id}>
            <div>
              {label}
              <small>{words.by(by, when)}</small>
            </div>
            <p>
              <del>{before ?? words.unset}</del> <ins>{after ?? words.unset}</ins>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
