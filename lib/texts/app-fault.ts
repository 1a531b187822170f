/** For the page that stands in for all others: no translation is loaded there, so both languages stand here. */
export const appFault = {
  en: {
    heading: 'Ask-Next could not be loaded',
    about: 'The server has a problem. Your messages and drafts are safe. Reload the page.',
    retry: 'Try again',
    reference: (id: string) => `Ref: ${id}`,
  },
  de: {
    heading: 'Ask-Next konnte nicht geladen werden',
    about:
      'Der Server hat ein Problem. Deine Nachrichten und Entwürfe bleiben erhalten. Lade die Seite neu.',
    retry: 'Erneut versuchen',
    reference: (id: string) => `Ref.: ${id}`,
  },
};
