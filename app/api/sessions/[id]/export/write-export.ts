import type { Services } from '@/app/composition';
import { exportJson } from '@/lib/sessions/export/ask-flask-json';
import { exportMarkdown } from '@/lib/sessions/export/ask-flask-markdown';
import { exportSafeMarkdown, markdownOptions } from '@/lib/sessions/export/safe-markdown';
import { exportSessions } from '@/lib/sessions/export/session-pieces';

export type SessionFormat = 'json' | 'md' | 'ask-next' | 'markdown';

interface Wanted {
  readonly owner: string;
  readonly sessionId: string;
  readonly format: SessionFormat;
  readonly request: Request;
}

/** The file's text in pieces. Throws `not-found`. */
export async function writeExport(
  { transfers, sessions, messages }: Services['store'],
  { owner, sessionId, format, request }: Wanted,
): Promise<AsyncIterable<string>> {
  const { searchParams } = new URL(request.url);
  if (format === 'ask-next') {
    return exportSessions([await transfers.exportOne(owner, sessionId, 'all')], new Date());
  }
  if (format === 'markdown') {
    const options = markdownOptions(searchParams);
    const whole = await transfers.exportOne(owner, sessionId, options.branches);
    return exportSafeMarkdown([whole], options);
  }
  const session = await sessions.get(owner, sessionId);
  const pages = messages.pages({ owner, sessionId: session.id });
  const reasoning = searchParams.get('reasoning') === '1';
  return format === 'json'
    ? exportJson(session, pages)
    : exportMarkdown(session, pages, { reasoning });
}
