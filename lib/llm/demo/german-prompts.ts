import { welcome } from '@/lib/texts/de/welcome';

const { prompts } = welcome;

const tides = `Stell dir das Meer als riesige Decke aus Wasser vor, die um die Erde liegt. Der **Mond** zieht an dieser Decke, ein bisschen wie ein Magnet, und hebt sie zu einem weichen Berg an.

## Warum das Wasser steigt und fällt

1. Am stärksten zieht der Mond an dem Wasser, das ihm **am nächsten** ist. So entsteht ein Berg.
2. Auf der anderen Seite zieht er am schwächsten, dort bleibt das Wasser ein wenig zurück. So entsteht ein **zweiter Berg**.
3. Die Erde dreht sich einmal am Tag. Dein Strand fährt durch beide Berge: *Flut, Ebbe, Flut, Ebbe*.

Darum kommt die Flut an den meisten Stränden **zweimal** am Tag, im Abstand von etwa 12 Stunden und 25 Minuten.

| Wann | Was du siehst |
|:--|:--|
| Bei Flut | Das Wasser kommt weit den Strand herauf |
| Bei Ebbe | Pfützen zwischen den Felsen und Sand zum Buddeln |
| Bei Neumond und Vollmond | Besonders hoch und besonders tief: *Springtide* |

> **Probier es aus:** Leg einen langen Schal zu einem Kreis und zieh an einer Seite. Siehst du, wie ein Ei daraus wird? Du bist der Mond.

Auch die Sonne zieht, aber sie ist so weit weg, dass sie weniger als halb so viel bewirkt.[^1]

[^1]: Etwa 46 % von dem, was der Mond bewirkt.`;

const code = `Hier ist dieselbe kleine Funktion in Python, TypeScript und SQL. Jeder Block hat einen eigenen Knopf zum **Kopieren**.

\`\`\`python
def fibonacci(n: int) -> list[int]:
    """Die ersten n Zahlen, jede die Summe der beiden davor."""
    zahlen = [0, 1]
    while len(zahlen) < n:
        zahlen.append(zahlen[-1] + zahlen[-2])
    return zahlen[:n]
\`\`\`

\`\`\`typescript
export function fibonacci(n: number): number[] {
  const zahlen = [0, 1];
  while (zahlen.length < n) {
    zahlen.push(zahlen.at(-1)! + zahlen.at(-2)!);
  }
  return zahlen.slice(0, n); // stimmt auch für n < 2
}
\`\`\`

\`\`\`sql
WITH RECURSIVE fibonacci(a, b) AS (
  SELECT 0, 1
  UNION ALL
  SELECT b, a + b FROM fibonacci LIMIT 10
)
SELECT a FROM fibonacci;
\`\`\``;

const comparison = `Für eine kleine Web-App taugen beide. Kurz gesagt: **Fang mit SQLite an** und wechsle, wenn mehr als ein Rechner schreiben muss.

| | SQLite | PostgreSQL |
|:--|:--|:--|
| Läuft als | Bibliothek in deinem Programm | eigener Server |
| Einzurichten | nichts | Benutzer, Datenbank, Port |
| Gleichzeitig schreiben | einer, der Reihe nach | viele |
| Lesen | Mikrosekunden, ohne Netz | etwa eine Millisekunde |
| Sicherung | eine Datei kopieren (\`.backup\`) | \`pg_dump\` oder Streaming |
| Mehrere Rechner | nein | ja |

## Wann welche

- **SQLite**, wenn ein Server reicht: Die meisten kleinen Apps brauchen nie mehr.
- **PostgreSQL**, wenn die App auf mehreren Rechnern läuft oder du seine Typen, Erweiterungen und Rollen willst.

\`\`\`sql
-- SQLite, einmal je Datenbank:
PRAGMA journal_mode = WAL;
\`\`\`

Halte dein SQL einfach, dann ist ein späterer Umzug die Arbeit eines Nachmittags.`;

const lisbon = `Zwei Tage, gute Schuhe und Appetit. Alles hier erreicht ihr zu Fuß oder mit einer Straßenbahn.

## Samstag: die alten Hügel

1. **Morgens.** Kaffee und ein *pastel de nata* in Chiado, dann durch die Alfama hinauf zum **Miradouro da Graça**.
2. **Mittags.** Gegrillte Sardinen in einer kleinen *tasca* in Mouraria.
3. **Nachmittags.** An der Kathedrale vorbei hinunter zum Fluss; auf den Stufen der Praça do Comércio sitzen.
4. **Abends.** Petiscos im Bairro Alto, und Fado, wenn ihr noch wach seid.

## Sonntag: am Fluss entlang

1. **Morgens.** Mit der Linie 15 nach Belém: das Kloster, der Turm und die berühmten Törtchen, solange sie warm sind.
2. **Mittags.** Die Markthalle der LX Factory, unter der Brücke.
3. **Nachmittags.** 4 km auf dem Uferweg zurück zum Cais do Sodré.
4. **Abends.** Reis mit Meeresfrüchten für zwei. Bestellt eine Portion: Sie reicht.

### Bevor ihr fahrt

- [ ] Einen Tisch für Samstagabend reservieren
- [ ] Eine *Navegante*-Karte für Bahn und Fähre kaufen
- [x] Nach einem Plan fragen

> Lissabon ist steil. Plant einen langen Aufstieg am Tag, am Morgen, und lasst den Rest die Bahn machen.`;

/** Replies to the prompts of the first page in German. */
export const GERMAN_PROMPTED: readonly (readonly [string, string])[] = [
  [prompts.explain.text, tides],
  [prompts.code.text, code],
  [prompts.compare.text, comparison],
  [prompts.plan.text, lisbon],
];
