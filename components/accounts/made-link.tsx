import { CopyButton } from '@/components/ui/copy-button';
import { addressOfLink, type MadeLink } from '@/lib/client/accounts/api';
import { copyText } from '@/lib/client/browser/copy-text';
import { useTexts, useLaterTexts } from '@/lib/texts/use-texts';

/** A new link, which is never shown again. */
export function MadeLinkBox({ link, about }: { link: MadeLink; about: string }) {
  const laterTexts = useLaterTexts();
  const texts = useTexts();
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
