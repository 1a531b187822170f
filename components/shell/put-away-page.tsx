import Link from 'next/link';
import type { ReactNode } from 'react';
import { PageBar } from './page-bar';

interface Props {
  readonly heading: string;
  readonly about: string;
  /** A link to the following page; null at the end. */
  readonly older: { readonly label: string; readonly href: string } | null;
  readonly children: ReactNode;
}

/** The page of the archive or the trash. */
export function PutAwayPage({ heading, about, older, children }: Props) {
  return (
    <div className="page">
      <PageBar />
      <div className="plain-page">
        <h1>{heading}</h1>
        <p>{about}</p>
        {children}
        {older && (
          <Link className="button" href={older.href} prefetch={false}>
            {older.label}
          </Link>
        )}
      </div>
    </div>
  );
}
