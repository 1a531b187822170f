import './session-settings.css';
import { Dialog } from '@/components/ui/dialogs/dialog';
import { closeModal } from '@/components/ui/modal';
import { Button } from '@/components/ui/button';
import { ProblemText } from '@/components/ui/problem-text';
import { readSettings } from '@/lib/client/settings/read-settings';
import { useRead } from '@/lib/client/settings/use-read';
import { useLaterTexts } from '@/lib/texts/use-texts';
import { SettingsForm } from './settings-form';

interface Props {
  readonly sessionId: string;
  readonly onClose: () => void;
}

/** What a session asks of its model, with the deployment's defaults. */
export function SessionSettings({ sessionId, onClose }: Props) {
  const words = useLaterTexts().settings;
  const { value, problem } = useRead(() => readSettings(sessionId));
  return (
    <Dialog className="settings-dialog" labelledBy="settings-title" onClose={onClose}>
      <div className="dialog-content">
        <h2 id="settings-title">{words.title}</h2>
        <p className="settings-hint">{words.about}</p>
        {problem && (
          <p role="alert">
            <ProblemText problem={problem} />
          </p>
        )}
        {value ? (
          <SettingsForm sessionId={sessionId} {...value} onDone={onClose} />
        ) : (
          <div className="dialog-buttons">
            <Button onClick={closeModal}>{words.cancel}</Button>
          </div>
        )}
      </div>
    </Dialog>
  );
}
