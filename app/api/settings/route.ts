import { changeSettings } from '@/app/composition';
import { settingsNow } from '@/app/settings/settings-data';
import { checkOperator, hasAccount, personOf } from '@/lib/accounts/principal';
import { ownSignIn } from '@/lib/http/identity/own-sign-in';
import { parseInput, readJson } from '@/lib/http/request/body';
import { json } from '@/lib/http/response/json';
import { route } from '@/lib/http/response/route';
import { settingsInput } from '@/lib/settings/input';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route('/api/settings', {
  async GET(_request, { principal }) {
    checkOperator(principal);
    return json(await settingsNow());
  },

  async PATCH(request, { principal }) {
    checkOperator(principal);
    const maker = hasAccount(principal)
      ? { personId: personOf(principal), signIn: ownSignIn(request, principal) }
      : null;
    const values = parseInput(settingsInput, await readJson(request));
    await changeSettings(values, { by: principal.owner, maker });
    return json(await settingsNow());
  },
});
