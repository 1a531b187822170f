// One word for each thing, and "du" for the person.
// chat: Chat · message: Nachricht · reply: Antwort · model: Modell · memory: Gedächtnis · about me: Über mich
// reasoning: Gedankengang · draft: Entwurf · pin: anheften · archive: archivieren · tag: Schlagwort
// version (branch): Fassung · fork: abzweigen · trash: Kürzlich gelöscht · operator: Betreiber · account: Konto
// API key: API-Schlüssel · sign in: anmelden · budget: Budget · usage: Verbrauch · limit: Grenze · notice: Hinweis
import { branches } from './branches';
import { composer, waits } from './composer';
import { controls, opens } from './controls';
import { dates } from './dates';
import { facts } from './facts';
import { failures } from './failures/failures';
import { budgets } from './operator/budgets';
import { search } from './search';
import { archive } from './sessions/archive';
import { deletion } from './sessions/deletion';
import { printing } from './sessions/printing';
import { sessions } from './sessions/sessions';
import { notices, shell } from './shell';
import { markdown, transcript } from './transcript';
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
