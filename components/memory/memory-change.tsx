import { withoutBullet } from './memory-lines';
import type { RememberedRevision } from '@/lib/client/memory/memory-calls';
import { useLaterTexts } from '@/lib/texts/use-texts';

/** The lines that one change added and removed, marked by signs and words and not only by colour. */
export function MemoryChange({ changes }: Pick<RememberedRevision, 'changes'>) {
  const laterTexts = useLaterTexts();
  if (changes === null) return <p className="memory-about">{laterTexts.memory.unknownChange}</p>;
  if (changes.length === 0) return <p className="memory-about">{laterTexts.memory.rewritten}</p>;
  return (
    <ul className="memory-diff">
      {changes.map(({ change, line }, index) => (
        <li key={index} className={`memory-${change}`}>
          <span className="visually-hidden">{laterTexts.memory[change]} </span>
          {change === 'added' ? (
            <ins dir="auto">{withoutBullet(line.trim())}</ins>
          ) : (
            <del dir="auto">{withoutBullet(line.trim())}</del>
          )}
        </li>
      ))}
    </ul>
  );
}
