import { reasoningFilter } from './reasoning-filter';

/** Nearly all texts have no mark that a thought could begin or end with. */
const MARK = /[<◁]|\[\/?think\]/i;

/** What a reply says, without what its model thought: replies were kept with their thoughts once, and programs write any. */
export function withoutReasoning(reply: string): string {
  if (!MARK.test(reply)) return reply;
  let text = '';
  const filter = reasoningFilter(
    (event) => {
      text = event.kind === 'cut' ? text.slice(0, event.length) : text + event.text;
    },
    { withReasoning: false },
  );
  filter.push(reply);
  filter.end();
  return text;
}
