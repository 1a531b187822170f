import { texts } from '@/lib/texts/texts';

/** The keyboard shortcuts of the app. Not for telephones, which have no such keys. */
export function PaletteKeys() {
  const { heading, all } = texts.search.keys;
  return (
    <details className="palette-keys">
      <summary>{heading}</summary>
      <dl>
        {all.map(({ keys, what }) => (
          <div key={keys}>
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
