import { useEffect, useRef, type KeyboardEvent } from 'react';
import { IconButton } from '@/components/ui/icon-button';
import { composerState } from '@/lib/client/composer-state';
import type { Problem } from '@/lib/client/problem';
import { runsLow } from '@/lib/client/rate';
import type { LocalTurn } from '@/lib/client/turn-book';
import { useClientState } from '@/lib/client/client-state';
import { setDraft, useDraft } from '@/lib/client/use-draft';
import { useGrowing } from '@/lib/client/use-growing';
import { useNow } from '@/lib/client/use-now';
import type { SendSettings } from '@/lib/client/use-send-settings';
import { useValue } from '@/lib/client/use-value';
import type { PageModels } from '@/lib/sessions/session-page';
import { ComposerBar } from './composer-bar';

interface Props {
  readonly sessionId: string | null;
  readonly models: PageModels;
  readonly settings: SendSettings;
  /** Why a session could not be begun. */
  readonly problem: Problem | null;
  /** Until when the server takes no messages. */
  readonly retryAt: number | null;
  readonly creating: boolean;
  /** The turn that runs. */
  readonly current: LocalTurn | null;
  readonly onSend: (text: string) => Promise<boolean>;
  readonly onStop: (turnId: string) => void;
}

export function Composer(props: Props) {
  const { sessionId, problem, creating, current, onSend, onStop } = props;
  const [text, setText] = useDraft(sessionId);
  const field = useRef<HTMLTextAreaElement>(null);
  useGrowing(field, text);
  useFocus(field, sessionId);

  const rate = useValue(useClientState().rate, null);
  const retryAt = Math.max(props.retryAt ?? 0, problem?.retryAt ?? 0) || null;
  const now = useNow(retryAt ?? (runsLow(rate) ? rate.resetAt : null));
  const busy = creating || current !== null;
  const state = composerState({ text, busy, rate, retryAt, now });

  const send = async () => {
    if (!state.canSend) return;
    const words = text.replaceAll('\0', '');
    if (sessionId !== null) setText('');
    field.current?.focus();
    const sent = await onSend(words);
    // The words of a new session stay until there is one.
    if (sent && sessionId === null) setDraft(null, '');
  };

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    // Enter that ends a composition of characters belongs to the input method; Safari tells it by code 229.
    const composing = event.nativeEvent.isComposing || event.keyCode === 229;
    if (event.key !== 'Enter' || event.shiftKey || composing) return;
    event.preventDefault();
    void send();
  };

  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {problem && (
        <p className="composer-problem" role="alert">
          {problem.message}
          {problem.ref && <span className="ref"> (Ref: {problem.ref})</span>}
        </p>
      )}
      <div className="composer-box">
        <textarea
          ref={field}
          id="message"
          rows={1}
          value={text}
          placeholder="Ask anything"
          aria-label="Message"
          aria-describedby="composer-hint"
          enterKeyHint="send"
          onChange={(event) => {
            setText(event.target.value);
          }}
          onKeyDown={onKeyDown}
        />
        <ComposerBar
          models={props.models}
          settings={props.settings}
          counter={state.counter}
          tooLong={state.tooLong}
        >
          {current ? (
            <IconButton
              icon="stop"
              label={current.stopping ? 'Stopping…' : 'Stop'}
              className="send-button"
              disabled={current.stopping}
              onClick={() => {
                onStop(current.id);
                field.current?.focus();
              }}
            />
          ) : (
            <IconButton
              type="submit"
              icon="send"
              label="Send"
              className="send-button"
              disabled={!state.canSend}
            />
          )}
        </ComposerBar>
      </div>
      <p id="composer-hint" className="composer-hint" data-urgent={state.urgent || undefined}>
        {state.hint}
      </p>
    </form>
  );
}

/** Where there is a keyboard one wants to type at once; a phone would open its own over half the page. */
function useFocus(field: React.RefObject<HTMLTextAreaElement | null>, sessionId: string | null) {
  useEffect(() => {
    if (window.matchMedia('(pointer: fine)').matches) field.current?.focus();
  }, [field, sessionId]);
}
