import type { Finish, Model, ModelRequest, Usage } from '@/lib/ports/model';

/** A model that the test controls: each request waits until the test answers it. */
export interface ScriptedModel extends Model {
  /** Resolves with the next request, with the functions to answer it. */
  next(): Promise<OpenRequest>;
}

export interface OpenRequest extends ModelRequest {
  onText(text: string): unknown;
  onReasoning(text: string): unknown;
  onSource(url: string, title?: string): unknown;
  onCut(length: number): unknown;
  finish(usage?: Usage | null, finish?: Finish): void;
  fail(error: unknown): void;
}

export function scriptedModel(): ScriptedModel {
  const waiting: ((request: OpenRequest) => void)[] = [];
  const arrived: OpenRequest[] = [];
  return {
    stream: (request) =>
      new Promise((resolve, reject) => {
        request.signal.addEventListener('abort', () => {
          reject(new Error('aborted'));
        });
        const open: OpenRequest = {
          ...request,
          onText: (text) => request.onEvent({ kind: 'text', text }),
          onReasoning: (text) => request.onEvent({ kind: 'reasoning', text }),
          onSource: (url, title) => request.onEvent({ kind: 'source', url, title: title ?? null }),
          onCut: (length) => request.onEvent({ kind: 'cut', length }),
          finish: (usage, finish = 'stop') => {
            resolve({ usage: usage ?? null, finish });
          },
          fail: reject,
        };
        const taker = waiting.shift();
        if (taker) taker(open);
        else arrived.push(open);
      }),
    next: () =>
      new Promise((resolve) => {
        const open = arrived.shift();
        if (open) resolve(open);
        else waiting.push(resolve);
      }),
  };
}
