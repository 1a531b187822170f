import { untilRevoked } from '@/app/api/auth/until-revoked';
import { memoryDefault, services } from '@/app/composition';
import { readFile } from '@/lib/http/request/body';
import { route } from '@/lib/http/response/route';
import { asLines, LINES_TYPE, textStream } from '@/lib/http/stream/text-stream';
import { importLines } from '@/lib/sessions/import/import-lines';
import { readOwnSession } from '@/lib/sessions/import/own-session';
import { pause, pauseInTime } from './pause-in-time';

/** For reading the file once. Storing its sessions may take longer. */
const READ_MAX_S = 120;

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route('/api/sessions/import', {
  /** Stops between two sessions when the client disconnects, or its sign-in or key is revoked. */
  async POST(request, context) {
    const { principal, annotate, translation } = context;
    const { texts, laterTexts } = translation;
    const titles = { untitled: texts.sessions.untitled, about: laterTexts.memory.me.title };
    const { owner } = principal;
    const opened = await services();
    const until = untilRevoked(request, opened, context);
    const dryRun = new URL(request.url).searchParams.get('dry_run') === '1';
    const file = await readFile(request);
    const { store } = opened;
    const lines = importLines(file, {
      now: new Date(),
      dryRun,
      titles,
      readOwn: readOwnSession,
      pause: () => pause(until),
      pauseInTime: pauseInTime(READ_MAX_S, until),
      store: (session) =>
        store.transfers.importSession({
          owner,
          // Another app's conversation knows no such setting.
          session: session.source ? { ...session, memory_enabled: memoryDefault() } : session,
          dryRun,
          now: new Date(),
        }),
      storeAbout: (revisions) =>
        store.transfers.importAbout({ owner, revisions, dryRun, now: new Date() }),
    });
    return textStream(asLines(lines), { type: LINES_TYPE, annotate, until });
  },
});
