'use client';

import Link from 'next/link';
import { Icon } from '@/components/ui/icon';
import { DrawerButton } from './drawer-button';
import { useTexts } from '@/lib/texts/use-texts';

/** Links to the sessions and to a new one, on narrow screens, for pages without a session. */
export function PageBar() {
  const texts = useTexts();
  return (
    <header className="page-bar">
      <DrawerButton />
      <Link className="icon-button" href="/" prefetch={false} title={texts.sessions.begin}>
        <Icon name="plus" />
        <span className="visually-hidden">{texts.sessions.begin}</span>
      </Link>
    </header>
  );
}
