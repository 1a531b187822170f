import Link from 'next/link';
import { listAddress, type ListKind } from '@/lib/page/list-address';
import { useLaterTexts } from '@/lib/texts/use-texts';

interface Props {
  readonly list: ListKind;
  readonly tags: readonly string[];
}

/** The tags of a session, each a link to the sessions that have it. The trash is not sorted by tags. */
export function TagLinks({ list, tags }: Props) {
  const { tagging } = useLaterTexts();
  if (tags.length === 0) return null;
  return (
    <ul className="tags" aria-label={tagging.tags}>
      {tags.map((tag) => (
        <li key={tag}>
          {list === 'deleted' ? (
            <span className="tag" dir="auto">
              {tag}
            </span>
          ) : (
            <Link
              className="tag"
              href={listAddress(list, { tag })}
              prefetch={false}
              dir="auto"
              title={tagging.withTag(tag)}
            >
              {tag}
            </Link>
          )}
        </li>
      ))}
    </ul>
  );
}
