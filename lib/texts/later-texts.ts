// The sentences of what loads when it is needed: in `texts` they would be part of every page's first load.
import { accounts } from './en/accounts/accounts';
import { keys } from './en/accounts/keys';
import { connect, upstreamHelp } from './en/preferences/connect';
import { trash } from './en/trash';
import { prompts } from './en/facts';
import { memory } from './en/memory';
import { operator } from './en/operator/operator';
import { usage } from './en/operator/usage';
import { shortcuts } from './en/preferences/shortcuts';
import { bulk } from './en/sessions/bulk';
import { imports } from './en/imports';
import { preferences } from './en/preferences/preferences';
import { docs } from './en/programs/docs';
import { settings } from './en/sessions/sessions';

export const laterTexts = {
  accounts,
  bulk,
  connect,
  docs,
  imports,
  keys,
  memory,
  operator,
  preferences,
  prompts,
  settings,
  shortcuts,
  trash,
  upstreamHelp,
  usage,
};
