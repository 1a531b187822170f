import type { Metadata } from 'next';
import Link from 'next/link';
import { PageBar } from '@/components/shell/page-bar';
import { texts } from '@/lib/texts/texts';

export const metadata: Metadata = { title: texts.shell.titled(texts.shell.notFound.title) };

export default function NotFound() {
  return (
    <div className="page">
      <PageBar />
      <div className="plain-page plain-page-centred">
        <h1>{texts.shell.notFound.heading}</h1>
        <p>{texts.shell.notFound.about}</p>
        <Link className="button button-primary" href="/">
          {texts.shell.notFound.begin}
        </Link>
      </div>
    </div>
  );
}
