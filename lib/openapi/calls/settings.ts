import { z } from 'zod';
import { SETTING_NAMES } from '@/lib/env/changeable';
import { settingsInput } from '@/lib/settings/input';
import { response, type Calls } from './call';
import { id, time } from './shapes';

const text = z.string();

const settings = z
  .object({
    settings: z.array(
      z.object({
        name: z.enum(SETTING_NAMES),
        value: text.describe('What is in use'),
        source: z.enum(['environment', 'stored', 'default']),
        stored: text.nullable(),
        default: text,
        problem: text.nullable().describe('Why what is stored is not used'),
      }),
    ),
    changes: z
      .array(
        z.object({
          id,
          name: z.enum(SETTING_NAMES),
          before: text.nullable(),
          after: text.nullable(),
          by: text.nullable().describe('Null: not known any more'),
          at: time,
        }),
      )
      .describe('The newest 50'),
  })
  .meta({ id: 'ServerSettings' });

const now = response('The settings, and who changed them', settings);

const findings = z.object({
  findings: z.array(
    z.object({ area: text, level: z.enum(['ok', 'warning', 'problem']), description: text }),
  ),
});

export const settingCalls: Calls = {
  '/api/doctor': {
    post: {
      title: 'Check all that the server needs',
      description: 'Operators only. It asks the default model for one word.',
      responses: [response('What was found', findings)],
    },
  },
  '/api/settings': {
    get: {
      title: 'Read the settings of the server',
      description: 'Operators only.',
      responses: [now],
    },
    patch: {
      title: 'Change settings of the server',
      description:
        'Operators only. Values are written as in the environment, which wins; null or blank is the default again.',
      body: settingsInput,
      responses: [now],
      failures: ['too-large', 'unsupported'],
    },
  },
};
