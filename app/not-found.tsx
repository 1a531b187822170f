import Link from 'next/link';
import { PageBar } from '@/components/shell/page-bar';
import { pageTexts, titled } from '@/lib/http/identity/asked-language';

export const generateMetadata = titled(({ serverTexts }) => serverTexts.notFound.title);

export default async function NotFound() {
  const { notFound } = (await pageTexts()).serverTexts;
  return (
    <div className="page">
      <PageBar />
      <div className="plain-page plain-page-centred">
        <h1>{notFound.heading}</h1>
        <p>{notFound.about}</p>
        <Link className="button button-primary" href="/">
          {notFound.begin}
        </Link>
      </div>
    </div>
  );
}
