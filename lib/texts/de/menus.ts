export const sessionMenu = {
  archive: 'Archivieren',
  delete: 'Löschen',
  exportJson: 'Als JSON exportieren',
  exportMarkdown: 'Als Markdown exportieren',
  pin: 'Anheften',
  print: 'Drucken…',
  rename: 'Umbenennen',
  settings: 'Chat-Einstellungen',
  tags: 'Schlagwörter…',
  unarchive: 'Aus dem Archiv holen',
  unpin: 'Nicht mehr anheften',
};

export const dataMenu = {
  account: 'Dein Konto',
  archived: 'Archiv',
  deleteEverything: 'Alles löschen…',
  exportAll: 'Alles exportieren',
  import: 'Importieren…',
  keys: 'API-Schlüssel…',
  me: 'Über mich…',
  people: 'Personen',
  recentlyDeleted: 'Kürzlich gelöscht',
  serverSettings: 'Servereinstellungen',
  shortcuts: 'Tastenkürzel',
  usage: 'Verbrauch',
};

export const messageMenu = {
  copyMarkdown: 'Als Markdown kopieren',
  copyText: 'Als Text kopieren',
  fork: 'Von hier abzweigen',
  quote: 'In der Antwort zitieren',
  regenerateWith: (model: string) => `Neu schreiben mit ${model}`,
};
