import { replyMaxTokens, services } from '@/app/composition';
import { checkModel } from '@/app/api/chat/known-model';
import { invalidFields } from '@/lib/errors';
import type { SessionSettings } from '@/lib/sessions/session';
import { fields } from '@/lib/texts/api-fields';

/** Throws for a model that is not on the list, and for more tokens than this deployment allows. */
export async function checkSettings({ model, maxTokens }: Partial<SessionSettings>): Promise<void> {
  const most = replyMaxTokens();
  if (maxTokens && most !== null && maxTokens > most)
    throw invalidFields([{ loc: ['max_tokens'], msg: fields.atMost(most), type: 'too_big' }]);
  if (!model) return;
  const { catalogue } = await services();
  checkModel(model, await catalogue.list());
}
