import { services } from '@/app/composition';
import { AppError } from '@/lib/errors';
import { isMetricsToken } from '@/lib/http/identity/metrics-token';
import { route } from '@/lib/http/response/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route('/metrics', {
  async GET(request) {
    const { metrics } = await services();
    if (!metrics) throw new AppError({ kind: 'not-found', reason: 'address' });
    if (!isMetricsToken(request.headers.get('authorization')))
      throw new AppError({ kind: 'unauthenticated', reason: 'unknown-key' });
    const { body, type } = await metrics.text();
    return new Response(body, { headers: { 'Content-Type': type } });
  },
});
