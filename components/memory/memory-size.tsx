import { useLaterTexts } from '@/lib/texts/use-texts';

/** The size of a text against its limit, in numbers and as a bar. */
export function MemorySize({ chars, max }: { chars: number; max: number }) {
  const laterTexts = useLaterTexts();
  const share = Math.min(1, chars / max);
  return (
    <div className="memory-size" data-full={chars > max || undefined}>
      <span>{laterTexts.memory.size(chars, max)}</span>
      <span className="memory-bar" aria-hidden="true">
        <span style={{ inlineSize: `${String(share * 100)}%` }} />
      </span>
    </div>
  );
}
