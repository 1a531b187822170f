// The sentences of what loads when it is needed: in `texts` they would be part of every page's first load.
import { accounts } from './accounts/accounts';
import { keys } from './accounts/keys';
import { connect, upstreamHelp } from './preferences/connect';
import { temporary } from './sessions/temporary';
import { trash } from './sessions/trash';
import { prompts } from './facts';
import { memory } from './memory';
import { dataMenu, messageMenu, sessionMenu } from './menus';
import { operator } from './operator/operator';
import { usage } from './operator/usage';
import { shortcuts } from './preferences/shortcuts';
import { bulk } from './sessions/bulk';
import { imports, unreadableFile } from './sessions/imports';
import { preferences } from './preferences/preferences';
import { sessionList, settings } from './sessions/sessions';
import { archiveList } from './sessions/archive';
import { palette, noticeSwitch, modelSearch } from './palette';
import { printed } from './sessions/printing';
import { tagging } from './sessions/tags';

export const laterTexts = {
  accounts,
  archiveList,
  bulk,
  connect,
  dataMenu,
  imports,
  keys,
  memory,
  messageMenu,
  modelSearch,
  noticeSwitch,
  operator,
  palette,
  preferences,
  printed,
  prompts,
  sessionList,
  sessionMenu,
  settings,
  shortcuts,
  tagging,
  temporary,
  trash,
  unreadableFile,
  upstreamHelp,
  usage,
};
