import type { UpstreamReason } from '@/lib/errors';
import { seconds } from '../parts/numbers';

export const connect = {
  title: 'Modell verbinden',
  about:
    'Ask-Next spricht mit jedem Server, der die API von OpenAI bietet. Schreibe das hier in die Datei `.env` neben Ask-Next oder in die Umgebung von Ask-Next und starte Ask-Next neu.',
  server: 'Server',
  snippet: 'Einstellungen zum Kopieren',
  servers: {
    openai: {
      name: 'OpenAI',
      lines: 'OPENAI_API_KEY=sk-…',
      hint: 'Einen Schlüssel bekommst du auf platform.openai.com.',
    },
    ollama: {
      name: 'Ollama',
      lines: 'OPENAI_BASE_URL=http://localhost:11434/v1',
      hint: 'Lade zuerst ein Modell: `ollama pull qwen3`.',
    },
    lmstudio: {
      name: 'LM Studio',
      lines: 'OPENAI_BASE_URL=http://localhost:1234/v1',
      hint: 'Lade ein Modell und starte den Server unter Developer.',
    },
    vllm: {
      name: 'vLLM',
      lines:
        'OPENAI_BASE_URL=http://localhost:8000/v1\nOPENAI_API_KEY=der Wert von --api-key, falls gesetzt',
      hint: 'Starte ihn mit `vllm serve` und einem Chat-Modell.',
    },
  },
  docker: 'Läuft Ask-Next in Docker, schreibe `host.docker.internal` statt `localhost`.',
  test: 'Verbindung testen',
  testing: 'Wird getestet…',
  close: 'Schließen',
  works: (model: string, ms: number) => `Es klappt: ${model} hat in ${seconds(ms)} geantwortet.`,
  isDemo:
    'Es ist noch kein Modell eingerichtet, deshalb antwortet die Demo. Trage die Zeilen oben ein, starte Ask-Next neu und teste noch einmal.',
  failed: (model: string, why: string) => `${model} hat nicht geantwortet. ${why}`,
  unknown: 'Der Grund steht im Log von Ask-Next.',
};

export const upstreamHelp: Readonly<Record<UpstreamReason, string>> = {
  unreachable:
    'Der Server ist nicht erreichbar: Prüfe OPENAI_BASE_URL, ob er läuft, und HTTPS_PROXY.',
  timeout: 'Der Server braucht zu lange: Prüfe seine Last und UPSTREAM_TIMEOUT_MS.',
  loading: 'Der Server lädt sein Modell: Versuche es erneut oder erhöhe UPSTREAM_TIMEOUT_MS.',
  away: 'Ein Proxy meldet, dass der Server nicht erreichbar ist: Prüfe, ob er läuft.',
  failing: 'Der Server meldet einen Fehler: Sieh in sein eigenes Log.',
  broken:
    'Die Antwort ist nicht lesbar: Ist OPENAI_BASE_URL die Adresse einer API wie der von OpenAI?',
  refused: 'Der Server lehnt die Anfrage ab: Stimmt OPENAI_BASE_URL, mit dem Pfad?',
  key: 'Der Server lehnt den Schlüssel ab: Prüfe OPENAI_API_KEY.',
  forbidden: 'Der Schlüssel darf dieses Modell nicht nutzen: Prüfe seine Rechte oder CHAT_MODELS.',
  'unknown-model':
    'Dieses Modell gibt es dort nicht: Prüfe CHAT_MODELS und den Pfad von OPENAI_BASE_URL.',
  'not-chat': 'Das Modell ist nicht für Chats gemacht: Nenne andere in CHAT_MODELS.',
  credit: 'Das Konto hat kein Guthaben mehr.',
  'too-long': 'Schon ein kurzer Prompt ist zu lang: Erhöhe den Kontext des Modells.',
  limited: 'Die Grenze des Kontos ist erreicht: Versuche es später.',
  empty: 'Die Antwort enthält keinen Text.',
  length:
    'Das Modell denkt länger als 300 Tokens nach, bevor es antwortet: CHAT_REPLY_MAX_TOKENS muss größer oder leer sein.',
  filter: 'Der Inhaltsfilter des Servers lehnt schon eine Begrüßung ab.',
  'tool-calls': 'Das Modell ruft ein Werkzeug auf, statt zu antworten.',
};
