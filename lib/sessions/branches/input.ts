import { z } from 'zod';
import { plainId } from '@/lib/sessions/id';
import { version } from '@/lib/sessions/session';
import { fields } from '@/lib/texts/api-fields';

const messageId = z.string(fields.messageId).min(1, fields.messageId).transform(plainId);

const notWithHead = z.undefined(fields.notWithHead).optional();

/** The body of a request to show another branch. */
export const showBranchInput = z.object({
  head: messageId,
  version,
  title: z.undefined(fields.notWithTitle).optional(),
  pinned: notWithHead,
  archived: notWithHead,
  tags: notWithHead,
  system_prompt: notWithHead,
  model: notWithHead,
  temperature: notWithHead,
  max_tokens: notWithHead,
});

export const forkInput = z.object({ message_id: messageId });

const notWithBranches = z.undefined(fields.notWithBranches).optional();

/** With `branches=all` all messages of a session. */
export const readTreeQuery = z.object({
  branches: z.literal('all', fields.all),
  limit: notWithBranches,
  before: notWithBranches,
});
