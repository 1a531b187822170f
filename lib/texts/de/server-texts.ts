import { docs } from './programs/docs';

export const serverTexts = {
  about: 'Eine Chat-App für große Sprachmodelle, die du selbst betreibst.',
  tryLater: (seconds: string) =>
    `Versuche es in ${seconds} s erneut. Deine Nachrichten und Entwürfe bleiben erhalten.`,
  notFound: {
    title: 'Nicht gefunden',
    heading: 'Seite nicht gefunden',
    about:
      'Dieser Chat oder diese Seite existiert nicht, wurde gelöscht oder gehört jemand anderem. Prüfe die Adresse.',
    begin: 'Neuen Chat beginnen',
  },
  demoHint:
    'Das ist die eingebaute Demo. Setze OPENAI_API_KEY, oder OPENAI_BASE_URL für einen eigenen Server, und starte Ask-Next neu.',
  docs,
};
