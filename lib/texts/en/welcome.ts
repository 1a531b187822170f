/** How to have a real model. `…` marks code. */
const CONNECT =
  'Set `OPENAI_API_KEY`, or `OPENAI_BASE_URL` for your own server, then restart Ask-Next.';

export const welcome = {
  question: 'What would you like to know?',
  about: 'Ask-Next keeps your sessions, and a memory of each that you can read and edit.',
  prompts: [
    { title: 'Explain something', text: 'Explain how the tides work, as if I were ten years old.' },
    { title: 'Write code', text: 'Write a function for the Fibonacci numbers in three languages.' },
    { title: 'Compare', text: 'Compare SQLite and PostgreSQL for a small web app, in a table.' },
    {
      title: 'Make a plan',
      text: 'Plan a weekend in Lisbon for two people who like food and walking.',
    },
  ],
};

export const demo = {
  badge: 'Demo',
  badgeTitle: 'No language model is connected',
  notice: `**This is the built-in demo.** No language model is connected, so the replies are prewritten. ${CONNECT}`,
  /** For programs. */
  hint: `This is the built-in demo. ${CONNECT}`.replaceAll('`', ''),
  /** Under each prewritten answer, in Markdown. */
  signature: `*This is the built-in demo, not a language model. ${CONNECT}*`,
};
