import 'server-only';
import { log } from '@/lib/log';
import { failureFields } from './failure-fields';
import { REQUEST_ID_HEADER } from './request-id';

/** Says which request a page's reference belongs to: the browser is only told Next's digest of the error. */
export function logPageError(
  thrown: unknown,
  target: string,
  headers: NodeJS.Dict<string | string[]>,
): void {
  const { digest } = thrown as { digest?: string };
  log().error({
    event: 'page.error',
    request_id: String(headers[REQUEST_ID_HEADER]),
    path: target.split('?')[0],
    digest,
    ...failureFields(thrown),
  });
}
