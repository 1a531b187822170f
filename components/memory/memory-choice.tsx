interface Props {
  /** What was written elsewhere; '' when it was forgotten. */
  readonly theirs: string;
  readonly busy: boolean;
  readonly onMine: () => void;
  readonly onTheirs: () => void;
}

/** The memory was changed elsewhere, by the model or a person, while it was being edited here. */
export function MemoryChoice({ theirs, busy, onMine, onTheirs }: Props) {
  return (
    <div className="memory-choice" role="alert">
      <p>The memory was changed elsewhere while you were editing. It is now:</p>
      <blockquote>{theirs || <em>Forgotten</em>}</blockquote>
      <div className="memory-buttons">
        <button
          type="button"
          className="button button-primary"
          disabled={busy}
          onClick={onMine}
          title="Saves your text in its place"
        >
          Keep mine
        </button>
        <button
          type="button"
          className="button"
          disabled={busy}
          onClick={onTheirs}
          title="Drops your text"
        >
          Use theirs
        </button>
      </div>
    </div>
  );
}
