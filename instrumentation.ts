import type { Instrumentation } from 'next';

/** Next calls this once per server process, before the first request. */
export async function register(): Promise<void> {
  if (process.env['NEXT_RUNTIME'] !== 'nodejs') return;
  const { start } = await import('./app/start');
  await start();
}

/** Next calls this when rendering a page fails. */
export const onRequestError: Instrumentation.onRequestError = async (thrown, { path, headers }) => {
  if (process.env['NEXT_RUNTIME'] !== 'nodejs') return;
  const { logPageError } = await import('@/lib/http/response/page-error');
  logPageError(thrown, path, headers);
};
