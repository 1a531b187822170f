import { invalidFields } from '@/lib/errors';
import { fields } from '@/lib/texts/api-fields';

/** Where a client resumes: the id of the last frame it received, or 0. Throws `invalid` for a malformed id. */
export function lastEventId(request: Request): number {
  const id = request.headers.get('last-event-id') ?? '0';
  if (/^\d{1,12}$/.test(id)) return Number(id);
  const msg = fields.frameId;
  throw invalidFields([{ loc: ['Last-Event-ID'], msg, type: 'header' }]);
}
