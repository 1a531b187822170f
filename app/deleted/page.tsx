import type { Metadata } from 'next';
import Link from 'next/link';
import { DeletedList } from '@/components/sessions/deleted-list';
import { EmptyDeleted } from '@/components/sessions/empty-deleted';
import { PageBar } from '@/components/shell/page-bar';
import { deletedSessions, rememberedByBrowser } from '../page-data';
import { texts } from '@/lib/texts/texts';

export const metadata: Metadata = { title: texts.shell.titled(texts.deletion.recently) };

interface Props {
  readonly searchParams: Promise<{ cursor?: string | string[] }>;
}

/** Lists the sessions in the trash, in pages. */
export default async function DeletedPage({ searchParams }: Props) {
  const { cursor } = await searchParams;
  const [{ sessions, next }, { timeZone }] = await Promise.all([
    deletedSessions(typeof cursor === 'string' ? cursor : undefined),
    rememberedByBrowser(),
  ]);
  return (
    <div className="page">
      <PageBar />
      <div className="plain-page">
        <h1>{texts.deletion.recently}</h1>
        <p>{sessions.length > 0 ? texts.deletion.about : texts.deletion.none}</p>
        {sessions.length > 0 && <EmptyDeleted />}
        <DeletedList sessions={sessions} timeZone={timeZone} />
        {next !== null && (
          <Link
            className="button"
            href={`/deleted?cursor=${encodeURIComponent(next)}`}
            prefetch={false}
          >
            {texts.deletion.older}
          </Link>
        )}
      </div>
    </div>
  );
}
