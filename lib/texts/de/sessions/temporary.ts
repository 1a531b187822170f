export const temporary = {
  title: 'Temporärer Chat',
  about:
    'Dieser Chat wird weder auf diesem Server noch in diesem Browser gespeichert. Er steht in keiner Liste, keiner Suche und keinem Export und ist weg, wenn du den Tab neu lädst oder schließt.',
  hint: 'Der Anbieter des Modells kann trotzdem aufbewahren, was an ihn geht.',
  clear: 'Jetzt leeren',
};
