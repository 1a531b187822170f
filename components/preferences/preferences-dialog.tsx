import './preferences-dialog.css';
import { useState } from 'react';
import { LazyConnect } from '@/components/connect/lazy-connect';
import { Button } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { Dialog } from '@/components/ui/dialogs/dialog';
import { closeModal } from '@/components/ui/modal';
import { Switch } from '@/components/ui/switch';
import { useSetting } from '@/lib/client/browser/use-setting';
import { useClientState } from '@/lib/client/page/client-state';
import { useLaterTexts } from '@/lib/texts/use-texts';
import { AppearanceChoice } from './appearance-choice';
import { LanguageChoice } from './language-choice';
import { NoticeSwitch } from './notice-switch';
import { YourDataSection } from './your-data-section';

/** How the app looks and behaves in this browser. Each change applies at once. */
export function PreferencesDialog({ onClose }: { onClose: () => void }) {
  const words = useLaterTexts().preferences;
  const [connecting, setConnecting] = useState(false);
  return (
    <Dialog className="preferences-dialog" labelledBy="preferences-title" onClose={onClose}>
      <div className="dialog-content">
        <h2 id="preferences-title">{words.title}</h2>
        <p className="preferences-about">{words.about}</p>
        <section>
          <h3>{words.appearance}</h3>
          <AppearanceChoice part="theme" />
          <AppearanceChoice part="text" />
          <AppearanceChoice part="width" />
          <LanguageChoice />
        </section>
        <section>
          <h3>{words.chat}</h3>
          <Toggle name="send-key" on="ctrl-enter" label={words.sendKey} />
          <Toggle name="stream" on="on" off="off" label={words.stream} />
          <Toggle name="reasoning" on="open" label={words.reasoning} />
          <NoticeSwitch />
        </section>
        <YourDataSection />
        <More
          onConnect={() => {
            setConnecting(true);
          }}
        />
        <div className="dialog-buttons">
          <Button className="button button-primary" onClick={closeModal}>
            {words.done}
          </Button>
        </div>
      </div>
      {connecting && (
        <LazyConnect
          onClose={() => {
            setConnecting(false);
          }}
        />
      )}
    </Dialog>
  );
}

function More({ onConnect }: { readonly onConnect: () => void }) {
  const { dataMenu, preferences: words } = useLaterTexts();
  const { shortcuts } = useClientState();
  return (
    <section>
      <h3>{words.more}</h3>
      <div className="preferences-buttons">
        <Button aria-haspopup="dialog" onClick={onConnect}>
          {words.connect}
        </Button>
        <Button
          aria-haspopup="dialog"
          onClick={() => {
            shortcuts.set(true);
          }}
        >
          <Icon name="keyboard" />
          {dataMenu.shortcuts}
        </Button>
      </div>
    </section>
  );
}

interface ToggleProps {
  readonly name: Parameters<typeof useSetting>[0];
  /** The value when it is on. */
  readonly on: string;
  /** The value when it is off; absent: off until it is set. */
  readonly off?: string;
  readonly label: string;
}

function Toggle({ name, on, off, label }: ToggleProps) {
  const [value, set] = useSetting(name);
  return (
    <Switch
      label={label}
      checked={off === undefined ? value === on : value !== off}
      onChange={(checked) => {
        set(checked ? on : (off ?? ''));
      }}
    />
  );
}
