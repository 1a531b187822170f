import './connect-dialog.css';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { Dialog } from '@/components/ui/dialogs/dialog';
import { MarkedText } from '@/components/ui/marked-text';
import { closeModal } from '@/components/ui/modal';
import { copyText } from '@/lib/client/browser/copy-text';
import { useTexts, useLaterTexts } from '@/lib/texts/use-texts';

import { ConnectionTest } from './connection-test';
import type { LaterTexts } from '@/lib/texts/texts';

type Server = keyof LaterTexts['connect']['servers'];

/** How to connect a model, with the lines to copy. Nothing that is typed or set goes to the server from here. */
export function ConnectDialog({ onClose }: { onClose: () => void }) {
  const texts = useTexts();
  const words = useLaterTexts().connect;
  const servers = Object.keys(words.servers) as Server[];
  const [chosen, choose] = useState<Server>('openai');
  const { lines, hint } = words.servers[chosen];
  return (
    <Dialog className="connect-dialog" labelledBy="connect-title" onClose={onClose}>
      <div className="dialog-content">
        <h2 id="connect-title">{words.title}</h2>
        <p>
          <MarkedText text={words.about} />
        </p>
        <fieldset className="connect-servers">
          <legend className="visually-hidden">{words.server}</legend>
          {servers.map((server) => (
            <label key={server}>
              <input
                type="radio"
                name="connect-server"
                className="visually-hidden"
                checked={chosen === server}
                onChange={() => {
                  choose(server);
                }}
              />
              {words.servers[server].name}
            </label>
          ))}
        </fieldset>
        <figure className="connect-lines">
          <pre aria-label={words.snippet}>
            <code>{lines}</code>
          </pre>
          <CopyButton label={texts.controls.copy} onCopy={() => copyText(lines)} />
        </figure>
        <p className="connect-hint">
          <MarkedText text={hint} />
          {lines.includes('localhost') && (
            <>
              {' '}
              <MarkedText text={words.docker} />
            </>
          )}
        </p>
        <ConnectionTest />
        <div className="dialog-buttons">
          <Button onClick={closeModal}>{words.close}</Button>
        </div>
      </div>
    </Dialog>
  );
}
