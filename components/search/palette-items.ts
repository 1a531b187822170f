import type { Command } from '@/lib/client/search/use-commands';
import type { FoundText } from '@/lib/search/search';
import type { LaterTexts } from '@/lib/texts/texts';

export type PaletteItem =
  Command | { readonly kind: 'found'; readonly id: string; readonly found: FoundText };

export interface PaletteGroup {
  readonly value: string;
  readonly items: readonly PaletteItem[];
}

/** Without words all commands; with words those that have them, and what was found, titles first. */
export function groupsOf(
  { commands: own, results: all }: Pick<LaterTexts['palette'], 'commands' | 'results'>,
  commands: readonly Command[],
  results: readonly FoundText[],
  typed: string,
): PaletteGroup[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const fitting = commands.filter(({ label }) =>
    words.every((word) => label.toLowerCase().includes(word)),
  );
  const found = results.map((each): PaletteItem => ({
    kind: 'found',
    id: idOf(each),
    found: each,
  }));
  const first = found.filter((item) => item.kind === 'found' && item.found.kind === 'title');
  const rest = found.filter((item) => !first.includes(item));
  return [
    { value: own, items: fitting },
    { value: all, items: [...first, ...rest] },
  ].filter(({ items }) => items.length > 0);
}

const idOf = ({ session_id, message_id, kind }: FoundText): string =>
  message_id ?? `${session_id} ${kind}`;

export const labelOf = (item: PaletteItem): string =>
  item.kind === 'command' ? item.label : item.found.title;
