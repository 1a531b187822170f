import { untilRevoked } from '@/app/api/auth/until-revoked';
import { services } from '@/app/composition';
import { AppError } from '@/lib/errors';
import { JSON_TYPE } from '@/lib/http/response/json';
import { route } from '@/lib/http/response/route';
import { MARKDOWN_TYPE, textStream } from '@/lib/http/stream/text-stream';
import { writeExport, type SessionFormat } from './write-export';

/** `json` and `md` are Ask-Flask's. */
const FORMATS: Record<SessionFormat, { type: string; ending: string }> = {
  json: { type: JSON_TYPE, ending: 'json' },
  md: { type: MARKDOWN_TYPE, ending: 'md' },
  'ask-next': { type: JSON_TYPE, ending: 'ask-next.json' },
  markdown: { type: MARKDOWN_TYPE, ending: 'md' },
};

function formatOf(request: Request): SessionFormat {
  const format = (new URL(request.url).searchParams.get('format') ?? 'json').toLowerCase();
  if (Object.hasOwn(FORMATS, format)) return format as SessionFormat;
  throw new AppError({ kind: 'invalid', reason: 'format' });
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route('/api/sessions/:id/export', {
  async GET(request, context) {
    const { principal, params, annotate } = context;
    const format = formatOf(request);
    const opened = await services();
    const until = untilRevoked(request, opened, context);
    const wanted = { owner: principal.owner, sessionId: params.id, format, request };
    const pieces = await writeExport(opened.store, wanted);
    const { type, ending } = FORMATS[format];
    const disposition = `attachment; filename="session_${params.id}.${ending}"`;
    const headers = { 'Content-Disposition': disposition };
    return textStream(pieces, { type, headers, annotate, until });
  },
});
