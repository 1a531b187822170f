import { useState } from 'react';
import { Switch } from '@/components/ui/switch';
import { useNoticeSetting } from '@/lib/client/notices/notice-setting';
import { useLaterTexts } from '@/lib/texts/use-texts';

/** Turns notices on, which the browser may refuse. */
export function NoticeSwitch() {
  const laterTexts = useLaterTexts();
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
      <output className="preferences-refused">
        {isRefused && laterTexts.noticeSwitch.refused}
      </output>
    </>
  );
}
