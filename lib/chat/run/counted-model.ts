import type { Model, ModelRequest, Usage } from '@/lib/ports/model';
import { spentTokens } from '@/lib/chat/turn/spent-tokens';
import type { Tokens } from '@/lib/usage/price';
import { underWay } from './under-way';

/** Wraps a model and reports the tokens of each request to `spend`, including requests that fail. */
export function countedModel(
  model: Model,
  spend: (request: ModelRequest, tokens: Tokens) => void,
): Model {
  return {
    async stream(request) {
      let output = '';
      let usage: Usage | null = null;
      const progress = underWay(request);
      try {
        const answer = await model.stream({
          ...request,
          ...progress.listeners,
          onEvent: (event) => {
            progress.hear(event);
            if ('text' in event) output += event.text;
            if (event.kind === 'usage') ({ usage } = event);
            return request.onEvent(event);
          },
        });
        ({ usage } = answer);
        return answer;
      } finally {
        const { messages, signal } = request;
        const billed = progress.isBilled(signal.aborted);
        spend(request, spentTokens({ usage, messages, output, billed }));
      }
    },
  };
}
