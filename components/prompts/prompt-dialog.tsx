import './prompt-dialog.css';
import { IconButton } from '@/components/ui/icon-button';
import { Dialog } from '@/components/ui/dialogs/dialog';
import { closeModal } from '@/components/ui/modal';
import { ProblemText } from '@/components/ui/problem-text';
import { readPrompt } from '@/lib/client/net/prompt-api';
import { useRead } from '@/lib/client/settings/use-read';
import { useTexts, useLaterTexts } from '@/lib/texts/use-texts';

import { SentRequest } from './sent-request';

interface Props {
  readonly sessionId: string;
  readonly messageId: string;
  readonly onClose: () => void;
}

/** The requests that a reply answers; more than one where it was continued. */
export function PromptDialog({ sessionId, messageId, onClose }: Props) {
  const texts = useTexts();
  const words = useLaterTexts().prompts;
  const { value, problem } = useRead(() => readPrompt(sessionId, messageId));
  const requests = value?.requests ?? [];
  return (
    <Dialog className="prompt-dialog" labelledBy="prompt-title" onClose={onClose}>
      <div className="dialog-content">
        <header>
          <h2 id="prompt-title">{words.title}</h2>
          <IconButton icon="close" label={words.close} onClick={closeModal} />
        </header>
        {problem ? (
          <p role="alert">
            <ProblemText problem={problem} />
          </p>
        ) : (
          <p className="prompt-about">{value ? words.about : texts.controls.loading}</p>
        )}
        {requests.map((request, index) => (
          <SentRequest
            key={request.request_id}
            request={request}
            place={requests.length > 1 ? words.continued(index + 1, requests.length) : null}
          />
        ))}
      </div>
    </Dialog>
  );
}
