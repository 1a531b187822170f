import { counted, grouped } from './numbers';

/** What the model saw of a session. */
export const prompts = {
  title: 'What the model saw',
  close: 'Close',
  about: 'The request that this reply answers, as it was sent. Later changes do not show here.',
  continued: (at: number, of: number) => `Request ${String(at)} of ${String(of)}`,
  system: 'System prompt',
  memory: 'Memory',
  forgotten: 'A memory was sent. It has been forgotten since.',
  noMemory: 'No memory was sent.',
  exchanges: 'Messages',
  user: 'You',
  assistant: 'Model',
  omitted: (messages: number) =>
    messages === 0
      ? 'Nothing was left out.'
      : `${counted(messages, 'earlier message was', 'earlier messages were')} left out: there was no room.`,
  facts: 'Request',
  model: 'Model',
  tokens: 'Tokens in',
  tokenCount: grouped,
  notCounted: 'not counted',
};

/** What a session asks of its model. */
export const settings = {
  open: 'Session settings',
  title: 'Session settings',
  about: 'For the next messages of this session. Empty fields take the default.',
  systemPrompt: 'System prompt',
  model: 'Model',
  modelDefault: (model: string | null) => (model === null ? 'Default' : `Default (${model})`),
  temperature: 'Temperature',
  temperatureHint: '0 to 2. Low is steady, high is varied. Sent only to models that take it.',
  maxTokens: 'Most tokens of a reply',
  ownDefault: 'The model’s own',
  save: 'Save',
  reset: 'Reset to defaults',
  cancel: 'Cancel',
};
