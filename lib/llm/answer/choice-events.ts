import type { ModelEvent } from '@/lib/ports/model';
import type { Source } from '@/lib/reply/source';
import { reasoningFilter } from '@/lib/reasoning/reasoning-filter';
import { reasoningOf, textOf, type Choice } from './choice-text';
import { citations } from './citations';
import { endMarks } from './end-marks';
import { toolCalls } from './tool-calls';

export interface ChoiceOptions {
  /** As far as is known, the model begins within a thought that its template opened. */
  readonly startsInReasoning: boolean;
  readonly withReasoning: boolean;
  /** Tools were offered. */
  readonly withTools: boolean;
}

/** Makes events of the choices of an answer: text and reasoning, cleaned and separated, and what it cites. */
export function choiceEvents({ startsInReasoning, withReasoning, withTools }: ChoiceOptions) {
  let events: ModelEvent[] = [];
  const options = { expected: startsInReasoning, withReasoning };
  const filter = reasoningFilter((event) => events.push(event), options);
  const cleanText = cleaner();
  const cleanReasoning = cleaner();
  const marks = endMarks();
  const cited = citations();
  const calls = toolCalls();
  /** Text that was read and not yet emitted, so that the text of many chunks is one event. */
  let text = '';

  const emitText = () => {
    if (text) filter.push(marks.push(cleanText(text)));
    text = '';
  };

  const emitSources = (sources: readonly Source[]) => {
    if (sources.length === 0) return false;
    emitText();
    events.push(...sources.map((source) => ({ kind: 'source' as const, ...source })));
    return true;
  };

  return {
    read(choice: Choice) {
      const reasoning = reasoningOf(choice);
      if (reasoning) {
        emitText();
        filter.think(cleanReasoning(reasoning));
      }
      text += textOf(choice);
      if (withTools) calls.read(choice);
    },
    /** What a chunk cites beside its choices or in them. False: nothing new. */
    cite: (chunk: object): boolean => emitSources(cited.read(chunk)),
    /** The answer has ended. `whole`: it was not broken off; `called`: nor was what it called. */
    end(whole: boolean, called: boolean): void {
      emitText();
      filter.push(marks.end());
      filter.end(whole);
      emitSources(cited.rest());
      if (!called) return;
      events.push(...calls.take().map((call) => ({ kind: 'tool-call' as const, call })));
    },
    /** Everything since the last call. */
    take(): readonly ModelEvent[] {
      emitText();
      const taken = events;
      events = [];
      return taken;
    },
    beganInReasoning: filter.beganInReasoning,
  };
}

/** Makes text storable in both databases: no U+0000, no lone surrogates. */
function cleaner(): (text: string) => string {
  /** A high surrogate whose low surrogate is in the next piece. */
  let highSurrogate = '';
  return (piece) => {
    let text = highSurrogate === '' ? piece : highSurrogate + piece;
    if (text.includes('\u0000')) text = text.replaceAll('\u0000', '');
    highSurrogate = /[\uD800-\uDBFF]$/.test(text) ? text.slice(-1) : '';
    // A lone surrogate elsewhere is the upstream's mistake; a database would not round-trip it.
    return (highSurrogate ? text.slice(0, -1) : text).toWellFormed();
  };
}
