import type { Metadata } from 'next';
import { DeletedList } from '@/components/sessions/deleted-list';
import { EmptyDeleted } from '@/components/sessions/empty-deleted';
import { PageBar } from '@/components/shell/page-bar';
import { deletedSessions, rememberedByBrowser } from '../page-data';
import { texts } from '@/lib/texts/texts';

export const metadata: Metadata = { title: texts.shell.titled(texts.deletion.recently) };

/** Lists the sessions in the trash. */
export default async function DeletedPage() {
  const [sessions, { timeZone }] = await Promise.all([deletedSessions(), rememberedByBrowser()]);
  return (
    <div className="page">
      <PageBar />
      <div className="plain-page">
        <h1>{texts.deletion.recently}</h1>
        <p>{sessions.length > 0 ? texts.deletion.about : texts.deletion.none}</p>
        {sessions.length > 0 && <EmptyDeleted />}
        <DeletedList sessions={sessions} timeZone={timeZone} />
      </div>
    </div>
  );
}
