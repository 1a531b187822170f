import { z } from 'zod';
import { createKeyInput } from '@/lib/accounts/keys/key';
import { SCOPES } from '@/lib/accounts/scopes';
import { response, noContent, type Calls } from './call';
import { id, time } from './shapes';

const key = z
  .object({
    id,
    name: z.string(),
    scopes: z.array(z.enum(SCOPES)),
    created_at: time,
    expires_at: time.nullable(),
    last_used_at: time.nullable(),
  })
  .meta({ id: 'Key' });

const newKey = z
  .object({ ...key.shape, key: z.string().describe('The secret, shown once') })
  .meta({ id: 'NewKey' });

export const keyCalls: Calls = {
  '/api/keys': {
    get: { title: 'List your keys', responses: [response('Newest first', z.array(key))] },
    post: {
      title: 'Make a key',
      body: createKeyInput(new Date(0)),
      responses: [response('The key with its secret', newKey, { status: 201 })],
      failures: ['conflict', 'too-large', 'unsupported'],
    },
  },
  '/api/keys/{id}': {
    delete: { title: 'Revoke a key', responses: [noContent('Revoked')], failures: ['not-found'] },
  },
};
