import 'server-only';
import { log } from '@/lib/log';
import { failureFields } from './failure-fields';
import { REQUEST_ID_HEADER } from '@/lib/http/request/request-id';

/** Logs why a page failed. The user sees `digest` as the reference: the request id, or Next's own digest. */
export function logPageError(
  thrown: unknown,
  target: string,
  headers: NodeJS.Dict<string | string[]>,
): void {
  const { digest } = thrown as { digest?: string };
  log().error({
    event: 'page.render_failed',
    request_id: String(headers[REQUEST_ID_HEADER]),
    path: target.split('?')[0],
    digest,
    ...failureFields(thrown),
  });
}
