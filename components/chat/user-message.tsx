import { memo } from 'react';

/** Shown as typed: a person's own words are not Markdown. */
export const UserMessage = memo(function UserMessage({ text }: { text: string }) {
  return (
    <article className="user-message">
      <h2 className="visually-hidden">You</h2>
      <div className="bubble" dir="auto">
        {text}
      </div>
    </article>
  );
});
