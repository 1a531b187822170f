import { thoughtFilter } from './thoughts';

/** Nearly all texts have no mark that a thought could begin or end with. */
const MARK = /[<◁]|\[\/?think\]/i;

/** What a reply says, without what its model thought: replies were kept with their thoughts once, and programs write any. */
export function withoutThoughts(reply: string): string {
  if (!MARK.test(reply)) return reply;
  const filter = thoughtFilter();
  let text = '';
  for (const take of [() => filter.push(reply), () => filter.end()]) {
    const said = take();
    text = text.slice(0, filter.takeCut() ?? text.length) + said;
  }
  return text;
}
