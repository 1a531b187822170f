export const welcome = {
  question: 'Wie kann ich helfen?',
  about:
    'Deine Chats bleiben auf diesem Server. Jeder hat ein Gedächtnis, das du lesen und ändern kannst.',
  prompts: {
    explain: {
      title: 'Etwas erklären',
      text: 'Erkläre mir Ebbe und Flut, als wäre ich zehn Jahre alt.',
    },
    code: {
      title: 'Code schreiben',
      text: 'Schreibe eine Funktion für die Fibonacci-Zahlen in drei Sprachen.',
    },
    compare: {
      title: 'Vergleichen',
      text: 'Vergleiche SQLite und PostgreSQL für eine kleine Web-App, in einer Tabelle.',
    },
    plan: {
      title: 'Etwas planen',
      text: 'Plane ein Wochenende in Lissabon für zwei, die gern essen und zu Fuß gehen.',
    },
  },
};

export const demo = {
  line: 'Demo: Es ist kein Modell verbunden.',
  connect: 'Modell verbinden',
};
