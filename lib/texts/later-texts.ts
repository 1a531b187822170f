// The sentences of what loads when it is needed: in `texts` they would be part of every page's first load.
import { accounts } from './en/accounts/accounts';
import { keys } from './en/accounts/keys';
import { connect, upstreamHelp } from './en/preferences/connect';
import { prompts } from './en/facts';
import { imports } from './en/imports';
import { preferences } from './en/preferences/preferences';
import { docs } from './en/programs/docs';
import { settings } from './en/sessions/sessions';

export const laterTexts = {
  accounts,
  connect,
  docs,
  imports,
  keys,
  preferences,
  prompts,
  settings,
  upstreamHelp,
};
