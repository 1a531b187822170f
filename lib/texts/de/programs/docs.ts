export const docs = {
  heading: 'API',
  about:
    'Jeder Aufruf dieses Servers, auf Englisch. Was die API von OpenAI spricht, funktioniert mit dieser Basisadresse und einem API-Schlüssel dieses Servers.',
  document: 'Als OpenAPI-Dokument herunterladen',
  contents: 'Inhalt',
  begin: 'Erste Schritte',
  baseUrl: 'Basisadresse',
  key: 'Die Beispiele lesen den Schlüssel aus der Variablen ASK_KEY.',
  session:
    'Mit dem Header X-Ask-Session und der ID eines Chats gehört eine Completion zu diesem Chat, mit seinem Kontext und Gedächtnis, und steht auf der Seite.',
  languages: { curl: 'curl', javascript: 'JavaScript', python: 'Python' },
  parameters: 'Parameter',
  body: 'Body',
  bodyForm: (number: number) => `Body, Variante ${String(number)}`,
  responses: 'Antworten',
  required: 'erforderlich',
  shapes: 'Schemas',
  form: (number: number) => `Variante ${String(number)}`,
};
