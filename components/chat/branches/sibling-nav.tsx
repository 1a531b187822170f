import './branches.css';
import { useLayoutEffect, useRef } from 'react';
import { IconButton } from '@/components/ui/icon-button';
import { keepPlace, notePressed } from '@/lib/client/branches/kept-place';
import type { SiblingPlace } from '@/lib/sessions/branches/branch-store';
import { texts } from '@/lib/texts/texts';

interface Props {
  readonly messageId: string;
  readonly place: SiblingPlace;
  readonly onShow: (messageId: string) => Promise<void>;
}

/** Moves between the versions of a message, with the arrow keys too. */
export function SiblingNav({ messageId, place: { at, of, previous, next }, onShow }: Props) {
  const group = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    keepPlace(messageId, group.current);
  }, [messageId]);
  const words = texts.branches;
  const show = (id: string | null, towards: 'previous' | 'next') => {
    if (id === null || !group.current) return;
    notePressed(id, towards, group.current);
    void onShow(id);
  };
  return (
    // oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- its buttons take the focus
    <div
      ref={group}
      className="sibling-nav"
      role="group"
      aria-label={words.place(at, of)}
      onKeyDown={({ key }) => {
        if (key === 'ArrowLeft') show(previous, 'previous');
        if (key === 'ArrowRight') show(next, 'next');
      }}
    >
      <IconButton
        icon="left"
        label={words.previous}
        held={previous === null}
        onClick={() => {
          show(previous, 'previous');
        }}
      />
      <span aria-hidden="true">{words.shortPlace(at, of)}</span>
      <IconButton
        icon="right"
        label={words.next}
        held={next === null}
        onClick={() => {
          show(next, 'next');
        }}
      />
    </div>
  );
}
