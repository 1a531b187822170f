import { useRef, type RefObject } from 'react';
import { ModelPicker } from '@/components/chat/composer/models/model-picker';
import { IconButton } from '@/components/ui/icon-button';
import { useHydrated } from '@/lib/client/browser/use-hydrated';
import { composerState } from '@/lib/client/composer/composer-state';
import { useBudget } from '@/lib/client/composer/use-budget';
import { sendsMessage } from '@/lib/client/composer/sends-message';
import { useSendSettings } from '@/lib/client/composer/use-send-settings';
import { useTemporaryChat } from '@/lib/client/temporary/use-temporary-chat';
import type { PageModels } from '@/lib/page/session-page';
import { useLaterTexts, useTexts } from '@/lib/texts/use-texts';

interface Props {
  readonly models: PageModels;
  readonly running: boolean;
}

/** Unlike that of a session its draft is in no storage. */
export function TemporaryComposer({ models, running }: Props) {
  const texts = useTexts();
  const { temporary: words } = useLaterTexts();
  const { chat, state: temporary } = useTemporaryChat();
  const { model, setModel } = useSendSettings(models, null, undefined);
  const hydrated = useHydrated();
  const field = useRef<HTMLTextAreaElement>(null);
  const text = temporary.draft;
  const state = composerState(texts, {
    text,
    messageMax: models.messageMax,
    busy: running || !hydrated,
    rate: null,
    budget: useBudget(models),
    retryAt: null,
    now: null,
  });
  const send = () => {
    if (!state.canSend) return;
    field.current?.focus();
    void chat.send(model);
  };
  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div className="composer-box">
        <Field field={field} text={text} disabled={!hydrated} onText={chat.type} onEnter={send} />
        <div className="composer-bar">
          <ModelPicker models={models} model={model} onChoose={setModel} />
          <span className="composer-counter" data-over={state.tooLong || undefined}>
            {state.counter}
          </span>
          <SendOrStop running={running} softDisabled={!state.canSend} onStop={chat.stop} />
        </div>
      </div>
      <p id="composer-hint" className="composer-hint">
        {words.hint}
      </p>
    </form>
  );
}

interface FieldProps {
  readonly field: RefObject<HTMLTextAreaElement | null>;
  readonly text: string;
  readonly disabled: boolean;
  readonly onText: (text: string) => void;
  readonly onEnter: () => void;
}

const Field = ({ field, text, disabled, onText, onEnter }: FieldProps) => {
  const texts = useTexts();
  return (
    <textarea
      ref={field}
      id="message"
      rows={1}
      autoComplete="off"
      dir="auto"
      value={text}
      disabled={disabled}
      placeholder={texts.composer.placeholder}
      aria-label={texts.composer.message}
      aria-describedby="composer-hint"
      onChange={(event) => {
        onText(event.target.value.replaceAll('\0', ''));
      }}
      onKeyDown={(event) => {
        if (!sendsMessage(event)) return;
        event.preventDefault();
        onEnter();
      }}
    />
  );
};

interface ButtonProps {
  readonly running: boolean;
  readonly softDisabled: boolean;
  readonly onStop: () => void;
}

/** One button, so that it keeps the focus. */
const SendOrStop = ({ running, softDisabled, onStop }: ButtonProps) => {
  const texts = useTexts();
  return running ? (
    <IconButton icon="stop" label={texts.composer.stop} className="send-button" onClick={onStop} />
  ) : (
    <IconButton
      type="submit"
      icon="send"
      label={texts.composer.send}
      className="send-button"
      softDisabled={softDisabled}
    />
  );
};
