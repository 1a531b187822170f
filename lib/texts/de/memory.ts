import { grouped } from './parts/numbers';

const characters = (count: number, most: number) =>
  `${grouped(count)} von ${grouped(most)} Zeichen`;

export const memory = {
  memory: 'Gedächtnis',
  close: 'Gedächtnis schließen',
  about:
    'Eine kurze Zusammenfassung dieses Chats, die mit jeder Nachricht ans Modell geht. Das Modell aktualisiert sie nach jeder Antwort.',
  enable: 'Gedächtnis verwenden und aktualisieren',
  notHere:
    'Auf diesem Server ist das Gedächtnis abgeschaltet: Es geht nicht ans Modell, und keine Antwort ändert es. Was hier steht, kannst du weiterhin lesen, ändern und vergessen lassen.',
  label: 'Gedächtnis dieses Chats',
  placeholder:
    'Noch nichts. Das Modell schreibt hier nach einer Antwort Notizen auf; du kannst auch eigene schreiben.',
  placeholderOff: 'Noch nichts. Du kannst hier Notizen schreiben.',
  size: characters,
  pin: (line: string) => `Anheften: ${line}`,
  pinned: (line: string) => `Angeheftet: ${line}`,
  pinTip: 'Anheften: Das Modell darf diese Zeile nicht streichen oder ändern',
  unpinTip: 'Angeheftet. Drücken, um die Zeile nicht mehr anzuheften',
  forgetLine: (line: string) => `Vergessen: ${line}`,
  forgetTip: 'Diese Zeile vergessen',
  edit: 'Als Text bearbeiten',
  save: 'Speichern',
  saved: 'Gedächtnis gespeichert',
  discard: 'Änderungen verwerfen',
  done: 'Bearbeitung schließen',
  forget: 'Alles vergessen',
  forgotten: 'Vergessen',
  isForgotten: 'Gedächtnis vergessen',
  changedElsewhere: 'Anderswo geändert',
  changedMeanwhile:
    'Der Text wurde anderswo geändert, während du ihn bearbeitet hast. Wähle eine Fassung. Die andere:',
  history: 'Verlauf',
  byModel: 'Das Modell',
  byYou: 'Du',
  added: 'Hinzugefügt:',
  removed: 'Entfernt:',
  unknownChange: 'Die älteste noch vorhandene Fassung',
  rewritten: 'Nur Reihenfolge oder Leerzeilen haben sich geändert',
  toMessage: 'Zur Antwort',
  undo: 'Rückgängig',
  undoOf: (when: string) => `Änderung vom ${when} rückgängig machen`,
  earlier: 'Frühere Änderungen anzeigen',
  forgetHistory: {
    open: 'Text und Verlauf vergessen…',
    title: 'Text und Verlauf vergessen',
    what: 'Der Text und seine früheren Fassungen werden endgültig gelöscht. Die Nachrichten bleiben.',
    keep: 'Behalten',
    run: 'Endgültig vergessen',
  },
  me: {
    title: 'Über mich',
    close: '„Über mich“ schließen',
    about:
      'Was das Modell in jedem Chat über dich wissen soll, zum Beispiel deinen Namen, deine Arbeit oder wie du Antworten magst. Der Text geht mit jeder Nachricht mit. Lass ihn leer, um nichts zu senden.',
    label: 'Was das Modell über dich weiß',
    placeholder: 'Ich bin Krankenpfleger in Oslo. Antworte kurz, in metrischen Einheiten.',
    saved: 'Text gespeichert',
    isForgotten: 'Text vergessen',
  },
};
