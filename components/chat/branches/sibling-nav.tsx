import './branches.css';
import { useLayoutEffect, useRef } from 'react';
import { IconButton } from '@/components/ui/icon-button';
import { keepPlace, notePressed } from '@/lib/client/branches/kept-place';
import { isPressed } from '@/lib/client/shortcuts/shortcuts';
import type { SiblingPlace } from '@/lib/sessions/branches/branch-store';
import { useTexts } from '@/lib/texts/use-texts';

interface Props {
  readonly messageId: string;
  readonly place: SiblingPlace;
  readonly onShow: (messageId: string) => Promise<void>;
}

type Direction = 'previous' | 'next';

const DIRECTIONS: readonly Direction[] = ['previous', 'next'];

/** Moves between the versions of a message, with the arrow keys too. */
export function SiblingNav({ messageId, place, onShow }: Props) {
  const texts = useTexts();
  const group = useRef<HTMLFieldSetElement>(null);
  useLayoutEffect(() => {
    keepPlace(messageId, group.current);
  }, [messageId]);
  const words = texts.branches;
  const { at, of } = place;
  const show = (direction: Direction) => {
    const id = place[direction];
    if (id === null || !group.current) return;
    notePressed(id, direction, group.current);
    void onShow(id);
  };
  const button = (direction: Direction) => (
    <IconButton
      icon={direction === 'previous' ? 'left' : 'right'}
      label={words[direction]}
      softDisabled={place[direction] === null}
      onClick={() => {
        show(direction);
      }}
      onKeyDown={(event) => {
        const pressed = DIRECTIONS.find((each) => isPressed(each, event));
        if (!pressed) return;
        event.preventDefault();
        show(pressed);
      }}
    />
  );
  return (
    <fieldset ref={group} className="sibling-nav" aria-label={words.place(at, of)}>
      {button('previous')}
      <span aria-hidden="true">{words.shortPlace(at, of)}</span>
      {button('next')}
    </fieldset>
  );
}
