import { useState } from 'react';
import { Switch } from '@/components/ui/switch';
import { useNoticeSetting } from '@/lib/client/notices/notice-setting';
import { laterTexts } from '@/lib/texts/later-texts';
import { texts } from '@/lib/texts/texts';

/** Turns notices on, which the browser may refuse. */
export function NoticeSwitch() {
  const { on, turn } = useNoticeSetting();
  const [isRefused, setRefused] = useState(false);
  return (
    <>
      <Switch
        label={laterTexts.preferences.notices}
        checked={on}
        onChange={() => {
          void turn().then((isDone) => {
            setRefused(!isDone);
          });
        }}
      />
      <output className="preferences-refused">{isRefused && texts.notices.refused}</output>
    </>
  );
}
