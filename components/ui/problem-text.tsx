interface Props {
  readonly problem: {
    readonly message: string;
    /** By which an operator finds it in the log. */
    readonly ref: string | null;
  };
}

export function ProblemText({ problem: { message, ref } }: Props) {
  return (
    <>
      {message} {ref && <span className="ref">(Ref: {ref})</span>}
    </>
  );
}
