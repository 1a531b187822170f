// The texts of the user interface, in one catalogue per language (i18n): a translation is a second one like lib/texts/en.
import { archive } from './en/sessions/archive';
import { branches } from './en/branches';
import { composer, waits } from './en/composer';
import { controls, opens } from './en/controls';
import { dates } from './en/dates';
import { deletion } from './en/deletion';
import { facts } from './en/facts';
import { failures } from './en/failures/failures';
import { search } from './en/search';
import { sessions } from './en/sessions/sessions';
import { notices, shell } from './en/shell';
import { printing } from './en/sessions/printing';
import { temporary } from './en/sessions/temporary';
import { tags } from './en/sessions/tags';
import { markdown, transcript } from './en/transcript';
import { budgets } from './en/operator/budgets';
import { demo, welcome } from './en/welcome';

const english = {
  archive,
  branches,
  budgets,
  composer,
  controls,
  dates,
  deletion,
  demo,
  facts,
  failures,
  markdown,
  notices,
  opens,
  printing,
  search,
  sessions,
  shell,
  tags,
  temporary,
  transcript,
  waits,
  welcome,
};

/** Every text that people read; a language is a value of this type. */
export type Texts = typeof english;

/** The one place that says which language is spoken. */
export const texts: Texts = english;
