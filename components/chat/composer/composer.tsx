import './composer.css';
import { useRef, useState } from 'react';
import { ProblemText } from '@/components/ui/problem-text';
import { useClientState } from '@/lib/client/page/client-state';
import { composerState, type ComposerState } from '@/lib/client/composer/composer-state';
import type { Problem } from '@/lib/client/net/problem';
import { runsLow } from '@/lib/client/net/rate';
import type { LocalTurn } from '@/lib/client/turns/turn-registry';
import { useDraft } from '@/lib/client/composer/use-draft';
import { useNow } from '@/lib/client/time/use-now';
import { useSlide } from '@/lib/client/composer/use-slide';
import type { SendSettings } from '@/lib/client/composer/use-send-settings';
import { useSetting } from '@/lib/client/browser/use-setting';
import { useObservable } from '@/lib/client/browser/observable';
import { useBudget } from '@/lib/client/composer/use-budget';
import type { PageModels } from '@/lib/page/session-page';
import { ComposerBar } from './composer-bar';
import { MessageField } from './message-field';
import { SendButton } from './send-button';
import { useTexts } from '@/lib/texts/use-texts';

/** Messages after which the keys need no hint. */
const SENDS_TO_LEARN = 3;

interface Props {
  readonly sessionId: string | null;
  readonly models: PageModels;
  readonly settings: SendSettings;
  /** Why the session could not be created. */
  readonly problem: Problem | null;
  /** The server accepts no messages before this time; milliseconds since 1970. */
  readonly retryAt: number | null;
  readonly creating: boolean;
  /** The running turn. */
  readonly current: LocalTurn | null;
  readonly onSend: (text: string) => Promise<void>;
  readonly onStop: (turnId: string) => void;
  /** The chat has no message yet. */
  readonly begins: boolean;
}

export function Composer(props: Props) {
  const { sessionId, problem, creating, current, retryAt, onSend } = props;
  const [text, setText] = useDraft(sessionId);
  const form = useRef<HTMLFormElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  useSlide(form, props.begins);
  const [triedToSend, setTriedToSend] = useState<string | null>(null);
  const { knowsKeys, countSend } = usePractice();
  const turn = current?.id ?? '';
  const busy = creating || current !== null;
  const state = useComposerState({
    text,
    triedToSend: triedToSend === turn,
    knowsKeys,
    messageMax: props.models.messageMax,
    busy,
    retryAt: problem?.retryAt ?? retryAt,
    budget: useBudget(props.models),
  });

  const send = () => {
    if (!state.canSend) {
      if (busy) setTriedToSend(turn);
      return;
    }
    countSend();
    field.current?.focus();
    // The draft of a new session stays until the session exists.
    if (sessionId !== null) setText('');
    void onSend(text);
  };

  return (
    <form
      ref={form}
      className="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {problem && <NotSent problem={problem} />}
      <div className="composer-box">
        <MessageField
          field={field}
          sessionId={sessionId}
          text={text}
          onText={(typed) => {
            setText(storable(typed));
          }}
          onEnter={send}
        />
        <ComposerBar models={props.models} settings={props.settings} state={state}>
          <SendButton current={current} canSend={state.canSend} onStop={props.onStop} />
        </ComposerBar>
      </div>
      <Hint {...state} />
    </form>
  );
}

const Hint = ({ hint, urgent }: Pick<ComposerState, 'hint' | 'urgent'>) => (
  <p id="composer-hint" className="composer-hint" data-urgent={urgent || undefined}>
    {hint}
  </p>
);

/** No database can store U+0000. */
const storable = (text: string): string => text.replaceAll('\0', '');

const NotSent = ({ problem }: { readonly problem: Problem }) => (
  <p className="composer-problem" role="alert">
    <ProblemText problem={problem} />
  </p>
);

/** Whether the user knows the keys, or has other ones than the hint says. */
function usePractice() {
  const [sends, setSends] = useSetting('sends');
  const [sendKey] = useSetting('send-key');
  return {
    knowsKeys: Number(sends) >= SENDS_TO_LEARN || sendKey === 'ctrl-enter',
    countSend: () => {
      setSends(String(Number(sends) + 1));
    },
  };
}

/** Updates every second only while there is a wait. */
function useComposerState(composing: Omit<Parameters<typeof composerState>[1], 'rate' | 'now'>) {
  const { retryAt } = composing;
  const rate = useObservable(useClientState().rate, null);
  const now = useNow(retryAt ?? (runsLow(rate) ? rate.resetAt : null));
  return composerState(useTexts(), { ...composing, rate, now });
}
