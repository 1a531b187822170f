import { setImmediate } from 'node:timers/promises';
import { memoryDefault, services } from '@/app/composition';
import { readFile } from '@/lib/http/request/body';
import { route } from '@/lib/http/response/route';
import { LINES_TYPE, textStream } from '@/lib/http/stream/text-stream';
import { importLines } from '@/lib/sessions/import/import-lines';
import { readOwnAbout } from '@/lib/sessions/import/own-about';
import { readOwnSession } from '@/lib/sessions/import/own-session';
import { pauseInTime } from './pause-in-time';

/** For reading the file once. Storing its sessions may take longer. */
const READ_MAX_S = 120;

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route('/api/sessions/import', {
  /** Stops between two sessions when the client disconnects. */
  async POST(request, { principal: { owner }, annotate }) {
    const dryRun = new URL(request.url).searchParams.get('dry_run') === '1';
    const file = await readFile(request);
    const { store } = await services();
    const lines = importLines(file, {
      now: new Date(),
      dryRun,
      readOwn: readOwnSession,
      readAbout: readOwnAbout,
      pause: () => setImmediate(),
      pauseInTime: pauseInTime(READ_MAX_S),
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
    return textStream(asText(lines), { type: LINES_TYPE, annotate });
  },
});

async function* asText(lines: AsyncIterable<object>): AsyncGenerator<string> {
  for await (const line of lines) yield `${JSON.stringify(line)}\n`;
}
