import { useLaterTexts } from '@/lib/texts/use-texts';
import { KINDS, type ImportLine } from '@/lib/sessions/import/import-report';

/** More would be slow to draw; the counts have them all. */
const SHOWN = 200;

interface Props {
  readonly heading: string;
  readonly lines: readonly ImportLine[];
  readonly tense: 'before' | 'after';
}

/** How many conversations there are of each kind, and which. */
export function ImportReport({ heading, lines, tense }: Props) {
  const laterTexts = useLaterTexts();
  const counted = KINDS.map((kind) => ({
    kind,
    count: lines.filter((line) => line.kind === kind).length,
  })).filter(({ count }) => count > 0);
  const isFresh = counted.some(({ kind }) => kind === 'new' || kind === 'newer');
  const leftOut = lines.reduce((sum, line) => sum + (line.left_out ?? 0), 0);
  return (
    <section aria-label={heading}>
      <h3>{heading}</h3>
      <ul className="import-counts" aria-live="polite">
        {counted.map(({ kind, count }) => (
          <li key={kind}>
            <strong>{laterTexts.imports.count(count)}</strong> {laterTexts.imports[tense][kind]}
          </li>
        ))}
      </ul>
      {leftOut > 0 && <p>{laterTexts.imports.leftOut(leftOut)}</p>}
      {tense === 'before' && !isFresh && <p>{laterTexts.imports.nothing}</p>}
      {counted.some(({ kind }) => kind === 'conflict') && <p>{laterTexts.imports.conflicts}</p>}
      <Conversations lines={lines} tense={tense} />
    </section>
  );
}

/** Skipped conversations come first, since a person may want to act on them. */
function Conversations({ lines, tense }: Omit<Props, 'heading'>) {
  const laterTexts = useLaterTexts();
  const sorted = lines.toSorted((one, other) => rank(one) - rank(other));
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
    <ul className="import-list" aria-label={laterTexts.imports.list} tabIndex={0}>
      {sorted.slice(0, SHOWN).map((line, index) => (
        <li key={index}>
          <span className="import-name">{line.title ?? laterTexts.imports.untitled}</span>{' '}
          <span className="import-kind">
            {laterTexts.imports[tense][line.kind]}
            {line.left_out && laterTexts.imports.withoutFiles(line.left_out)}
          </span>
          {line.reason && (
            <span className="import-reason">: {laterTexts.imports.reasons[line.reason]}</span>
          )}
        </li>
      ))}
      {sorted.length > SHOWN && <li>{laterTexts.imports.more(sorted.length - SHOWN)}</li>}
    </ul>
  );
}

const rank = ({ kind }: ImportLine): number => -KINDS.indexOf(kind);
