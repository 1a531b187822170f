import { services } from '@/app/composition';
import { AppError } from '@/lib/errors';
import { JSON_TYPE } from '@/lib/http/response/json';
import { route } from '@/lib/http/response/route';
import { MARKDOWN_TYPE, textStream } from '@/lib/http/stream/text-stream';
import { exportSafeMarkdown, markdownOptions } from '@/lib/sessions/export/safe-markdown';
import { REVISIONS_MAX } from '@/lib/sessions/memory';
import { exportSessions } from '@/lib/sessions/export/session-pieces';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route('/api/export', {
  async GET(request, { principal: { owner }, annotate }) {
    const { searchParams } = new URL(request.url);
    const format = (searchParams.get('format') ?? 'json').toLowerCase();
    if (format !== 'json' && format !== 'md')
      throw new AppError({ kind: 'invalid', reason: 'format' });
    const { store } = await services();
    const now = new Date();
    const name = `ask-next_${now.toISOString().slice(0, 10)}.${format}`;
    const headers = { 'Content-Disposition': `attachment; filename="${name}"` };
    if (format === 'json') {
      const about = (await store.about.revisions(owner, REVISIONS_MAX)).toReversed();
      const pieces = exportSessions(store.transfers.exportAll(owner, 'all'), now, about);
      return textStream(pieces, { type: JSON_TYPE, headers, annotate });
    }
    const options = markdownOptions(searchParams);
    const sessions = store.transfers.exportAll(owner, options.branches);
    const pieces = exportSafeMarkdown(sessions, options);
    return textStream(pieces, { type: MARKDOWN_TYPE, headers, annotate });
  },
});
