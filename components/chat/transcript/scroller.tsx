import type { ReactNode, RefObject } from 'react';
import { IconButton } from '@/components/ui/icon-button';
import { useRoom } from '@/lib/client/scroll/use-room';
import { useScrolledUp } from '@/lib/client/scroll/use-scrolled-up';
import { useTexts } from '@/lib/texts/use-texts';

interface Props {
  readonly scroller: RefObject<HTMLDivElement | null>;
  /** The turn being sent from this tab. */
  readonly sending: string | null;
  readonly children: ReactNode;
}

/** A reversed scroller: it opens at the end and stays there without a script until the user scrolls. */
export function Scroller({ scroller, sending, children }: Props) {
  const { messages, latest } = useTexts().transcript;
  const { scrolledUp, toEnd } = useScrolledUp(scroller, sending);
  useRoom(scroller);
  return (
    <div className="transcript-frame">
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- so that the keyboard can scroll it */}
      <section className="scroller" ref={scroller} tabIndex={0} aria-label={messages}>
        {/* Every piece of a reply read aloud would be noise: its beginning and end are said elsewhere. */}
        <div className="transcript" role="log" aria-live="off">
          {children}
        </div>
      </section>
      {scrolledUp && <IconButton icon="down" label={latest} className="jump" onClick={toEnd} />}
    </div>
  );
}
