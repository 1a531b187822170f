import { invalidFields } from '@/lib/errors';
import { fields } from '@/lib/texts/api-fields';

/** Where a watcher goes on: the id of the last frame it has, or 0. */
export function lastEventId(request: Request): number {
  const id = request.headers.get('last-event-id') ?? '0';
  if (/^\d{1,12}$/.test(id)) return Number(id);
  const msg = fields.frameId;
  throw invalidFields([{ loc: ['Last-Event-ID'], msg, type: 'header' }]);
}
