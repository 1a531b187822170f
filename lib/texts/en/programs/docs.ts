/** The page about the API. */
export const docs = {
  heading: 'API',
  about:
    'Every call of this server. Whatever speaks OpenAI’s API works with this base URL and an API key of this server.',
  document: 'Download it as an OpenAPI document',
  contents: 'Contents',
  begin: 'Begin',
  baseUrl: 'Base URL',
  key: 'The examples read the key from the variable ASK_KEY.',
  session:
    'With the header X-Ask-Session and the id of a session, a completion is a turn of that session, with its context and memory, and shows in the page.',
  languages: { curl: 'curl', javascript: 'JavaScript', python: 'Python' },
  parameters: 'Parameters',
  body: 'Body',
  bodyForm: (number: number) => `Body, form ${String(number)}`,
  responses: 'Responses',
  required: 'required',
  shapes: 'Schemas',
  form: (number: number) => `Form ${String(number)}`,
};
