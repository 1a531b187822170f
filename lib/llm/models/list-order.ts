/** What an order is made from. */
interface Dated {
  readonly id: string;
  readonly ownedBy: unknown;
  readonly created: unknown;
}

/**
 * Servers list what they think first, or newest, first. OpenAI's own list is in no order, so that its newest model of a
 * plain name comes first there: no snapshot, no preview, no smaller kind and none that somebody tuned.
 */
export function inOrder<Model extends Dated>(models: readonly Model[]): readonly Model[] {
  if (!models.every(({ ownedBy }) => OPENAI.test(String(ownedBy)))) return models;
  return models.toSorted((a, b) => rank(a.id) - rank(b.id) || dateOf(b) - dateOf(a));
}

const OPENAI = /^(openai|system$|user-|org-)/;
const NOT_PLAIN = /\d{4}-\d\d-\d\d|-\d{4}$|preview|latest|search|mini|nano|-\d+k|^ft:/;

const rank = (id: string) => (NOT_PLAIN.test(id) ? 1 : 0);
const dateOf = ({ created }: Dated) => (typeof created === 'number' ? created : 0);
