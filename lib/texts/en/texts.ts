import { archive } from './sessions/archive';
import { branches } from './branches';
import { composer, waits } from './composer';
import { controls, opens } from './controls';
import { dates } from './dates';
import { deletion } from './sessions/deletion';
import { facts } from './facts';
import { failures } from './failures/failures';
import { search } from './search';
import { sessions } from './sessions/sessions';
import { notices, shell } from './shell';
import { printing } from './sessions/printing';
import { markdown, transcript } from './transcript';
import { budgets } from './operator/budgets';
import { demo, welcome } from './welcome';

/** What is part of every page’s first load. */
export const texts = {
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
  transcript,
  waits,
  welcome,
};
