import type { Metadata } from 'next';
import Link from 'next/link';
import { PageBar } from '@/components/shell/page-bar';

export const metadata: Metadata = { title: 'Not found · Ask-Next' };

export default function NotFound() {
  return (
    <div className="page">
      <PageBar />
      <div className="plain-page plain-page-centred">
        <h1>Nothing here</h1>
        <p>This session or page does not exist, was deleted, or belongs to somebody else.</p>
        <Link className="button button-primary" href="/">
          Begin a new session
        </Link>
      </div>
    </div>
  );
}
