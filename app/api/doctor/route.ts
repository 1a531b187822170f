import { examineServer } from '@/app/composition';
import { checkOperator } from '@/lib/accounts/principal';
import { json } from '@/lib/http/response/json';
import { route } from '@/lib/http/response/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route('/api/doctor', {
  async POST(_request, { principal }) {
    checkOperator(principal);
    return json({ findings: await examineServer() });
  },
});
