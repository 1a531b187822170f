import { AppError } from '@/lib/errors';
import { pageWithProblem, seeOther } from './next-page';

/** Where a browser follows a link: what goes wrong is shown by a page. */
export async function orShowProblem(page: string, run: () => Promise<Response>): Promise<Response> {
  try {
    return await run();
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown;
    const { failure } = thrown;
    // Without accounts there is no page either.
    if (failure.kind === 'not-found' && failure.reason === 'address') throw thrown;
    return seeOther(pageWithProblem(page, failure));
  }
}
