import { memo } from 'react';

interface Props {
  /** By which it is found again. */
  readonly place: string;
  readonly text: string;
}

/** Shown as typed: a person's own words are not Markdown. */
export const UserMessage = memo(function UserMessage({ place, text }: Props) {
  return (
    <article className="user-message" data-key={place}>
      <h2 className="visually-hidden">You</h2>
      <div className="bubble" dir="auto">
        {text}
      </div>
    </article>
  );
});
