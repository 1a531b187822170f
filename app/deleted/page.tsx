import type { Metadata } from 'next';
import { DeletedList } from '@/components/sessions/deleted-list';
import { PageBar } from '@/components/shell/page-bar';
import { TRASH_DAYS } from '@/lib/sessions/trash-days';
import { deletedSessions, rememberedByBrowser } from '../page-data';

export const metadata: Metadata = { title: 'Recently deleted · Ask-Next' };

/** The trash. */
export default async function DeletedPage() {
  const [sessions, { timeZone }] = await Promise.all([deletedSessions(), rememberedByBrowser()]);
  return (
    <div className="page">
      <PageBar />
      <div className="plain-page">
        <h1>Recently deleted</h1>
        <p>
          {sessions.length > 0
            ? `A session that you deleted can be restored for ${String(TRASH_DAYS)} days. After that it is gone.`
            : `Nothing here. A session that you delete can be restored from here for ${String(TRASH_DAYS)} days.`}
        </p>
        <DeletedList sessions={sessions} timeZone={timeZone} />
      </div>
    </div>
  );
}
