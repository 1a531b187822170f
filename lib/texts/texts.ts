// The sentences that people read, in one catalogue. It imports no other folder of the app.
import { archive } from './en/sessions/archive';
import { branches } from './en/branches';
import { bulk } from './en/sessions/bulk';
import { composer, waits } from './en/composer';
import { controls, opens } from './en/controls';
import { dates } from './en/dates';
import { deletion } from './en/deletion';
import { facts } from './en/facts';
import { failures } from './en/failures';
import { memory } from './en/memory';
import { operator } from './en/operator/operator';
import { search } from './en/search';
import { shortcuts } from './en/preferences/shortcuts';
import { sessions } from './en/sessions/sessions';
import { notices, shell } from './en/shell';
import { printing } from './en/sessions/printing';
import { temporary } from './en/sessions/temporary';
import { tags } from './en/sessions/tags';
import { markdown, transcript } from './en/transcript';
import { usage } from './en/operator/usage';
import { demo, welcome } from './en/welcome';

const english = {
  archive,
  branches,
  bulk,
  composer,
  controls,
  dates,
  deletion,
  demo,
  facts,
  failures,
  markdown,
  memory,
  notices,
  opens,
  operator,
  printing,
  search,
  sessions,
  shell,
  shortcuts,
  tags,
  temporary,
  transcript,
  usage,
  waits,
  welcome,
};

/** Every text that people read; a language is a value of this type. */
export type Texts = typeof english;

/** The one place that says which language is spoken. */
export const texts: Texts = english;
