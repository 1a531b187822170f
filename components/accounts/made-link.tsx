import { CopyButton } from '@/components/ui/copy-button';
import { addressOfLink, type MadeLink } from '@/lib/client/accounts/api';
import { copyText } from '@/lib/client/browser/copy-text';
import { laterTexts } from '@/lib/texts/later-texts';
import { texts } from '@/lib/texts/texts';

/** A new link, which is never shown again. */
export function MadeLinkBox({ link, about }: { link: MadeLink; about: string }) {
  const address = addressOfLink(link);
  return (
    <output className="account-link">
      <span>
        {about} {laterTexts.accounts.people.shownOnce}
      </span>
      <code>{address}</code>
      <CopyButton label={texts.controls.copy} onCopy={() => copyText(address)} />
    </output>
  );
}
