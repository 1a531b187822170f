'use client';

import { Button } from '@/components/ui/button';
import { setDisabled } from '@/lib/client/accounts/api';
import type { useCall } from '@/lib/client/accounts/use-call';
import { useLaterTexts } from '@/lib/texts/use-texts';
import type { ShownPerson } from './person-row';

interface Props {
  readonly person: Pick<ShownPerson, 'id' | 'name' | 'disabled'>;
  readonly calls: ReturnType<typeof useCall>;
  readonly onDone: () => void;
}

/** Disables an account after a confirmation, or enables it. */
export function DisableButton({ person: { id, name, disabled }, calls, onDone }: Props) {
  const { people } = useLaterTexts().operator;
  return (
    <Button
      softDisabled={calls.busy}
      aria-label={disabled ? people.enableOf(name) : people.disableOf(name)}
      onClick={() => {
        if (disabled || window.confirm(people.disableSure(name)))
          calls.run(() => setDisabled(id, !disabled), onDone);
      }}
    >
      {disabled ? people.enable : people.disable}
    </Button>
  );
}
