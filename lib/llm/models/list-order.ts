/** The fields that the order depends on. */
interface Dated {
  readonly id: string;
  readonly ownedBy: unknown;
  readonly created: unknown;
}

/**
 * Keeps the server's order, except for OpenAI's unordered list: there the newest model with a plain name comes first (no
 * snapshot, preview, small or fine-tuned model).
 */
export function inOrder<Model extends Dated>(models: readonly Model[]): readonly Model[] {
  if (!models.every(({ ownedBy }) => OPENAI.test(String(ownedBy)))) return models;
  return models.toSorted((a, b) => rank(a.id) - rank(b.id) || dateOf(b) - dateOf(a));
}

const OPENAI = /^(openai|system$|user-|org-)/;
const NOT_PLAIN = /\d{4}-\d\d-\d\d|-\d{4}$|preview|latest|search|mini|nano|-\d+k|^ft:/;

const rank = (id: string) => (NOT_PLAIN.test(id) ? 1 : 0);
const dateOf = ({ created }: Dated) => (typeof created === 'number' ? created : 0);
