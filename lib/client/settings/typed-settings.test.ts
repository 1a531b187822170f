import { expect, test } from 'vitest';
import { changedSettings, DEFAULTS, typed } from './typed-settings';

const stored = { system_prompt: 'Be brief.', model: 'm', temperature: 0, max_tokens: null };

test('only what was changed is sent, and an empty field is the default', () => {
  expect(changedSettings(typed(stored), stored)).toEqual({});
  expect(
    changedSettings({ ...typed(stored), temperature: '0.7', max_tokens: ' 20' }, stored),
  ).toEqual({ temperature: 0.7, max_tokens: 20 });
  expect(changedSettings(DEFAULTS, stored)).toEqual({
    system_prompt: null,
    model: null,
    temperature: null,
  });
});
