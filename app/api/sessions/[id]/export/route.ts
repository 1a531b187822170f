import { services } from '@/app/composition';
import { AppError } from '@/lib/errors';
import { JSON_TYPE } from '@/lib/http/response/json';
import { route } from '@/lib/http/response/route';
import { textStream } from '@/lib/http/stream/text-stream';
import { exportJson } from '@/lib/sessions/export/json';
import { exportMarkdown } from '@/lib/sessions/export/markdown';

const FORMATS = {
  json: { type: JSON_TYPE, write: exportJson },
  md: { type: 'text/markdown; charset=utf-8', write: exportMarkdown },
};

function formatOf(request: Request): keyof typeof FORMATS {
  const format = (new URL(request.url).searchParams.get('format') ?? 'json').toLowerCase();
  if (format === 'json' || format === 'md') return format;
  throw new AppError({ kind: 'invalid', reason: 'format' });
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route('/api/sessions/:id/export', {
  async GET(request, { principal: { owner }, params, annotate }) {
    const format = formatOf(request);
    const reasoning = new URL(request.url).searchParams.get('reasoning') === '1';
    const { store } = await services();
    const session = await store.sessions.get(owner, params.id);
    const pages = store.messages.pages({ owner, sessionId: session.id });
    const { type, write } = FORMATS[format];
    const disposition = `attachment; filename="session_${session.id}.${format}"`;
    const headers = { 'Content-Disposition': disposition };
    return textStream(write(session, pages, { reasoning }), { type, headers, annotate });
  },
});
