import Link from 'next/link';
import { listAddress, type ListKind } from '@/lib/page/list-address';
import { texts } from '@/lib/texts/texts';

interface Props {
  readonly list: ListKind;
  readonly tags: readonly string[];
}

/** The tags of a session, each a link to the sessions that have it. The trash is not sorted by tags. */
export function TagLinks({ list, tags }: Props) {
  if (tags.length === 0) return null;
  return (
    <ul className="tags" aria-label={texts.tags.tags}>
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
              title={texts.tags.withTag(tag)}
            >
              {tag}
            </Link>
          )}
        </li>
      ))}
    </ul>
  );
}
