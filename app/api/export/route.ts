import { untilRevoked } from '@/app/api/auth/until-revoked';
import { services } from '@/app/composition';
import { AppError } from '@/lib/errors';
import { parseInput } from '@/lib/http/request/body';
import { JSON_TYPE } from '@/lib/http/response/json';
import { route } from '@/lib/http/response/route';
import { MARKDOWN_TYPE, textStream } from '@/lib/http/stream/text-stream';
import { exportedIds } from '@/lib/sessions/bulk/input';
import { exportSafeMarkdown, markdownOptions } from '@/lib/sessions/export/safe-markdown';
import { REVISIONS_MAX } from '@/lib/sessions/memory/memory';
import type { Branches } from '@/lib/sessions/export/transfer-store';
import { exportSessions } from '@/lib/sessions/export/session-pieces';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route('/api/export', {
  async GET(request, context) {
    const { principal, annotate } = context;
    const { owner } = principal;
    const { searchParams } = new URL(request.url);
    const format = (searchParams.get('format') ?? 'json').toLowerCase();
    if (format !== 'json' && format !== 'md')
      throw new AppError({ kind: 'invalid', reason: 'format' });
    const ids = searchParams.get('ids');
    const some = ids === null ? null : parseInput(exportedIds, { ids: ids.split(',') }).ids;
    const opened = await services();
    const { transfers, about } = opened.store;
    const until = untilRevoked(request, opened, context);
    const read = (branches: Branches) =>
      some ? transfers.exportSome(owner, some, branches) : transfers.exportAll(owner, branches);
    const now = new Date();
    const name = `ask-next_${now.toISOString().slice(0, 10)}.${format}`;
    const headers = { 'Content-Disposition': `attachment; filename="${name}"` };
    if (format === 'json') {
      const mine = some ? [] : await about.revisions(owner, REVISIONS_MAX);
      const pieces = exportSessions(await read('all'), now, mine.toReversed());
      return textStream(pieces, { type: JSON_TYPE, headers, annotate, until });
    }
    const options = markdownOptions(searchParams);
    const pieces = exportSafeMarkdown(await read(options.branches), options);
    return textStream(pieces, { type: MARKDOWN_TYPE, headers, annotate, until });
  },
});
