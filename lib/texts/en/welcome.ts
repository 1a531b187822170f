export const welcome = {
  question: 'How can I help?',
  about: 'Your chats stay on this server. Each has a memory you can read and edit.',
  prompts: {
    explain: {
      title: 'Explain something',
      text: 'Explain how the tides work, as if I were ten years old.',
    },
    code: {
      title: 'Write code',
      text: 'Write a function for the Fibonacci numbers in three languages.',
    },
    compare: {
      title: 'Compare',
      text: 'Compare SQLite and PostgreSQL for a small web app, in a table.',
    },
    plan: {
      title: 'Make a plan',
      text: 'Plan a weekend in Lisbon for two people who like food and walking.',
    },
  },
};

export const demo = {
  line: 'Demo mode: no model connected.',
  connect: 'Connect a model',
};
