/** A message of the model. */
export interface ModelMessage {
  readonly id: string;
  readonly seq: number;
  readonly role: 'user' | 'assistant';
  parent: string | null;
  content: string;
  running: boolean;
}

interface ModelTurn {
  readonly requestId: string;
  readonly userMessageId: string;
  readonly replyId: string;
  /** It brought its user message. */
  readonly own: boolean;
  readonly headBefore: string | null;
}

/** A session as a plain tree, without a database. */
export class TreeModel {
  readonly messages = new Map<string, ModelMessage>();
  readonly running: ModelTurn[] = [];
  readonly failed: string[] = [];
  head: string | null = null;
  #lastSeq = 0;

  add(message: Pick<ModelMessage, 'id' | 'role' | 'parent' | 'content' | 'running'>): void {
    this.#lastSeq += 1;
    this.messages.set(message.id, { ...message, seq: this.#lastSeq });
    this.head = message.id;
  }

  ask(turn: Omit<ModelTurn, 'headBefore'>, text: string, parent: string | null): void {
    const headBefore = this.head;
    const { userMessageId, replyId } = turn;
    if (turn.own)
      this.add({ id: userMessageId, role: 'user', parent, content: text, running: false });
    this.add({ id: replyId, role: 'assistant', parent: userMessageId, content: '', running: true });
    this.running.push({ ...turn, headBefore });
  }

  end(turn: ModelTurn, state: 'complete' | 'stopped' | 'failed', text: string): void {
    this.running.splice(this.running.indexOf(turn), 1);
    const reply = this.messages.get(turn.replyId);
    const question = this.messages.get(turn.userMessageId);
    if (!reply || !question) throw new Error('a running turn has lost its messages');
    if (state !== 'failed' && text !== '') {
      reply.content = text;
      reply.running = false;
      return;
    }
    if (state === 'failed' && turn.own && this.childrenOf(question.id).length === 1) {
      this.failed.push(question.content);
      this.#take([question.id, reply.id], question.parent);
      this.#showAgain([turn.headBefore, question.parent]);
    } else {
      this.#take([reply.id], question.id);
      this.#showAgain(turn.own ? [question.id] : [turn.headBefore, question.id]);
    }
  }

  childrenOf(parent: string | null): ModelMessage[] {
    return [...this.messages.values()].filter((message) => message.parent === parent);
  }

  newestBelow(id: string | null): string | null {
    const message = id === null ? undefined : this.messages.get(id);
    if (!message) return null;
    const below = (from: ModelMessage): ModelMessage[] => [
      from,
      ...this.childrenOf(from.id).flatMap(below),
    ];
    return this.#newest(below(message));
  }

  /** From the first message to `id`. */
  branch(id: string | null = this.head): ModelMessage[] {
    const path: ModelMessage[] = [];
    for (let at = id; at !== null; at = this.messages.get(at)?.parent ?? null) {
      const message = this.messages.get(at);
      if (message) path.unshift(message);
    }
    return path;
  }

  /** The ids of a message's siblings, itself among them. */
  siblings({ parent }: ModelMessage): string[] {
    return this.childrenOf(parent).map(({ id }) => id);
  }

  #showAgain(places: readonly (string | null)[]): void {
    if (this.head === null || this.messages.has(this.head)) return;
    const ends = places.map((place) => this.newestBelow(place)).filter((end) => end !== null);
    this.head = ends[0] ?? this.#newest([...this.messages.values()]);
  }

  #take(ids: string[], parent: string | null): void {
    for (const message of this.messages.values())
      if (message.parent !== null && ids.includes(message.parent)) message.parent = parent;
    for (const id of ids) this.messages.delete(id);
  }

  #newest(messages: ModelMessage[]): string | null {
    return messages.toSorted((a, b) => b.seq - a.seq)[0]?.id ?? null;
  }
}
