import type { Mistakes } from '../../parts/mistake-sentence';
import { grouped } from '../parts/numbers';

/** As English writes it: 12,345. */
const number = (digits: string) => grouped(Number(digits.replaceAll(',', '')));
const longest = (most: string) => `Höchstens ${number(most)} Zeichen sind möglich`;
const choice = (names: string) => `Wähle davon: ${names}`;
const model = 'Das ist kein Name eines Modells';
const WHOLE = 'Das muss eine ganze Zahl sein';

/** What people can get wrong on a page, and the settings of an operator. The first that fits counts. */
export const mistakes: Mistakes = {
  'Must be a string': 'Das muss Text sein',
  'Must be a string or null': 'Das muss Text sein',
  'Must not be empty': 'Das darf nicht leer sein',
  'Must not contain the character U+0000': 'Das Zeichen U+0000 ist hier nicht möglich',
  'Must be at most {} characters': longest,
  // What zod says itself.
  'Too big: expected string to have <={} characters': longest,
  'Must be at most {} messages': (most) => `Höchstens ${number(most)} Nachrichten sind möglich`,
  'Must be at most {} tags': (most) => `Höchstens ${number(most)} Schlagwörter sind möglich`,
  'Must be at most {} ids': (most) => `Höchstens ${number(most)} Chats auf einmal sind möglich`,
  'Must be at most {} days before to': (most) => `Höchstens ${number(most)} Tage sind möglich`,
  'Must be a number or null': 'Das muss eine Zahl sein',
  'Must be a whole number': WHOLE,
  'Must be a whole number or null': WHOLE,
  'Must be at least {}': (least) => `Das muss mindestens ${number(least)} sein`,
  'Must be at most {}': (most) => `Das darf höchstens ${number(most)} sein`,
  'Must be one of: {}, or one of {} more that GET /api/models lists': (names, more) =>
    `${choice(names)} oder ein anderes von ${number(more)} weiteren`,
  'Must be one of: {}': choice,
  'Must be the name of a model': model,
  'Must be the name of a model, or null': model,
  'Must be a date such as {}': (date) => `Das muss ein Datum wie ${date} sein`,
  'Must be a time such as {}, or a date': (time) =>
    `Das muss eine Zeit wie ${time} oder ein Datum sein`,
  'Must not be later than to': 'Der Beginn darf nicht nach dem Ende liegen',
  'Must be a list of scopes, with one or more of them': 'Wähle, was der Schlüssel darf',
  'Must be a time in the future such as {}, or null': 'Das Ende muss in der Zukunft liegen',
  'Must not be later than the end of the key that makes it':
    'Der Schlüssel darf nicht länger gelten als der, der ihn anlegt',

  'Enter a name or an e-mail address': 'Gib einen Namen oder eine E-Mail-Adresse ein',
  'The name may have at most {} characters': (most) =>
    `Der Name darf höchstens ${number(most)} Zeichen haben`,
  'The name has characters that cannot be seen. Type it again':
    'Im Namen sind unsichtbare Zeichen. Tippe ihn noch einmal',
  'The password needs at least {} characters': (least) =>
    `Das Passwort braucht mindestens ${number(least)} Zeichen`,
  'The password may have at most {} characters': (most) =>
    `Das Passwort darf höchstens ${number(most)} Zeichen haben`,
  'Choose a new password of at least {} characters': (least) =>
    `Wähle ein neues Passwort mit mindestens ${number(least)} Zeichen`,
  'Give the passkey a name': 'Gib dem Passkey einen Namen',

  'is set in the environment of the server, which wins':
    'Das ist in der Umgebung des Servers gesetzt, die Vorrang hat',
  'may have at most {} characters': longest,
  'may have names of at most {} characters': (most) =>
    `Namen dürfen höchstens ${number(most)} Zeichen haben`,
  'must be a whole number from {} to {}': (least, most) =>
    `Das muss eine ganze Zahl von ${number(least)} bis ${number(most)} sein`,
  'must name at least one model': 'Nenne mindestens ein Modell',
  'must be one of CHAT_MODELS': 'Das muss eines der angebotenen Modelle sein',
  'CHAT_DEFAULT_MODEL must be one of CHAT_MODELS':
    'Das vorgegebene Modell (CHAT_DEFAULT_MODEL) ist nicht darunter',
  'must be such as “{}”, each model once': (example) =>
    `Schreib es wie „${example}“, jedes Modell einmal`,
  'must be closed, open, provider, or e-mail domains such as {}, comma separated': (domain) =>
    `Möglich ist closed, open, provider oder E-Mail-Domains wie ${domain}, durch Kommas getrennt`,
  'is provider, so OIDC_ISSUER and OIDC_CLIENT_ID must be set':
    'Für provider müssen OIDC_ISSUER und OIDC_CLIENT_ID gesetzt sein',
  'must look like {}: amounts of money, or whole numbers of tokens, each once for a day and for a month':
    (example) =>
      `Schreib es wie ${example}: Geldbeträge oder ganze Zahlen von Tokens, je einmal für day und month`,
  'must look like {}': (example) => `Schreib es wie ${example}`,
  '{}': (english) => `Der Server nimmt das nicht an (auf Englisch: ${english})`,
};
