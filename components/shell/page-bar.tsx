'use client';

import Link from 'next/link';
import { Icon } from '@/components/ui/icon';
import { DrawerButton } from './drawer-button';

/** The way to the sessions and to a new one, on the pages of a narrow screen that have no session. */
export function PageBar() {
  return (
    <header className="page-bar">
      <DrawerButton />
      <Link className="icon-button" href="/" prefetch={false} title="New session">
        <Icon name="plus" />
        <span className="visually-hidden">New session</span>
      </Link>
    </header>
  );
}
