'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { emptyDeleted } from '@/lib/client/sessions/list-api';
import { ConfirmDeletion } from './confirm-deletion';
import { useLaterTexts } from '@/lib/texts/use-texts';

/** Makes room: deleted sessions count towards the quota until they are removed. */
export function EmptyDeleted() {
  const laterTexts = useLaterTexts();
  const [confirming, setConfirming] = useState(false);
  return (
    <>
      <p>
        <Button
          aria-haspopup="dialog"
          onClick={() => {
            setConfirming(true);
          }}
        >
          <Icon name="trash" />
          {laterTexts.trash.empty.open}
        </Button>
      </p>
      {confirming && (
        <ConfirmDeletion
          title={laterTexts.trash.empty.title}
          what={laterTexts.trash.empty.what}
          deletion={emptyDeleted}
          onClose={() => {
            setConfirming(false);
          }}
        />
      )}
    </>
  );
}
