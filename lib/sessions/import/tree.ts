import type { Conversation, Node } from './foreign/conversation';
import type { ForeignPart } from './foreign/left-out';

/** Why a conversation cannot be imported. */
export type TreeMistake = 'empty' | 'cycle' | 'missing-parent' | 'duplicate-message';

/** A message that shows. Its parent shows too, and comes before it. */
export type Kept = Node;

export interface Tree {
  readonly messages: readonly Kept[];
  readonly head: string | null;
}

/**
 * The messages that show, each after its parent. What answers a message that does not show answers the next one above
 * that does, and replies that follow each other without a branch are one. Without recursion: a branch may be long.
 */
export function keptTree({ nodes, head }: Conversation): Tree | TreeMistake {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  if (byId.size < nodes.length || byId.has('')) return 'duplicate-message';
  if (nodes.some(({ parent }) => parent !== null && !byId.has(parent))) return 'missing-parent';
  const ordered = parentsFirst(nodes, byId);
  if (!ordered) return 'cycle';
  const shown = withoutHidden(ordered);
  if (shown.messages.length === 0) return 'empty';
  const joined = joinReplies(shown.messages);
  const place = (id: string | null) => {
    const kept = id === null ? null : (shown.keptFor.get(id) ?? null);
    return kept === null ? null : (joined.keptFor.get(kept) ?? kept);
  };
  return { messages: joined.messages, head: place(head) ?? newestLeaf(joined.messages) };
}

/** In the order of the file, but each after its parent; null where parents go round in a circle. */
function parentsFirst(nodes: readonly Node[], byId: ReadonlyMap<string, Node>): Node[] | null {
  const ordered: Node[] = [];
  const done = new Set<string>();
  for (const node of nodes) {
    const path: Node[] = [];
    const onPath = new Set<string>();
    for (let next: Node | undefined = node; next && !done.has(next.id);) {
      if (onPath.has(next.id)) return null;
      onPath.add(next.id);
      path.push(next);
      next = next.parent === null ? undefined : byId.get(next.parent);
    }
    for (const passed of path.toReversed()) {
      done.add(passed.id);
      ordered.push(passed);
    }
  }
  return ordered;
}

/** `keptFor`: the message itself, or the next one above it that shows; null: none does. */
function withoutHidden(ordered: readonly Node[]) {
  const keptFor = new Map<string, string | null>();
  const messages: Kept[] = [];
  for (const node of ordered) {
    const parent = node.parent === null ? null : (keptFor.get(node.parent) ?? null);
    const shows = node.parts.some(({ text }) => text.trim() !== '');
    keptFor.set(node.id, shows ? node.id : parent);
    if (shows) messages.push({ ...node, parent });
  }
  return { messages, keptFor };
}

/** ChatGPT writes what it thinks, and each of its steps, as a message of its own. */
function joinReplies(messages: readonly Kept[]) {
  const children = new Map<string | null, number>();
  for (const { parent } of messages) children.set(parent, (children.get(parent) ?? 0) + 1);
  const keptFor = new Map<string, string>();
  const joined = new Map<string, Kept & { readonly parts: ForeignPart[] }>();
  for (const message of messages) {
    const parent = keptFor.get(message.parent ?? '') ?? null;
    const before = joined.get(parent ?? '');
    const isOnly = children.get(message.parent) === 1;
    if (before && isOnly && before.role === 'assistant' && message.role === 'assistant') {
      before.parts.push(...message.parts);
      joined.set(before.id, { ...before, model: before.model ?? message.model });
      keptFor.set(message.id, before.id);
    } else {
      joined.set(message.id, { ...message, parent, parts: [...message.parts] });
      keptFor.set(message.id, message.id);
    }
  }
  return { messages: [...joined.values()], keptFor };
}

function newestLeaf(messages: readonly Kept[]): string | null {
  const parents = new Set(messages.map(({ parent }) => parent));
  let newest: Kept | null = null;
  for (const message of messages)
    if (!parents.has(message.id) && (!newest || timeOf(message) >= timeOf(newest)))
      newest = message;
  return newest?.id ?? null;
}

const timeOf = ({ createdAt }: Kept): number => createdAt?.getTime() ?? 0;
