import { CopyButton } from '@/components/ui/copy-button';
import { addressOfLink, type MadeLink } from '@/lib/client/accounts/api';
import { copyText } from '@/lib/client/browser/copy-text';
import { texts } from '@/lib/texts/texts';

/** A new link, which is never shown again. */
export function MadeLinkBox({ link, about }: { link: MadeLink; about: string }) {
  const address = addressOfLink(link);
  return (
    <div className="account-link" role="status">
      <p>
        {about} {texts.accounts.people.shownOnce}
      </p>
      <code>{address}</code>
      <CopyButton label={texts.controls.copy} onCopy={() => copyText(address)} />
    </div>
  );
}
