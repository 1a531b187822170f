'use client';

import Link from 'next/link';
import { Icon } from '@/components/ui/icon';
import { DrawerButton } from './drawer-button';
import { texts } from '@/lib/texts/texts';

/** The way to the sessions and to a new one, on the pages of a narrow screen that have no session. */
export function PageBar() {
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
