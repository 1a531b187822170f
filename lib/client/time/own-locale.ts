/** How this person writes dates and times in the language of the page: with the customs of their own country. */
export const ownLocale = (language: string): string =>
  navigator.languages.find((name) => name.startsWith(`${language}-`)) ?? language;
