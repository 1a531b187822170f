import { useState } from 'react';
import { useLaterTexts } from '@/lib/texts/use-texts';

/** A file field, which files can be dropped on too. */
export function ChooseFile({ onChoose }: { onChoose: (file: File) => Promise<void> }) {
  const laterTexts = useLaterTexts();
  const [over, setOver] = useState(false);
  return (
    <>
      <p>{laterTexts.imports.about}</p>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the field in it does the same */}
      <label
        className={over ? 'import-file import-file-over' : 'import-file'}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => {
          setOver(false);
        }}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          const [file] = event.dataTransfer.files;
          if (file) void onChoose(file);
        }}
      >
        <span>
          <strong>{laterTexts.imports.choose}</strong> {laterTexts.imports.drop}
        </span>
        <input
          type="file"
          accept=".json,.zip,application/json,application/zip"
          onChange={({ currentTarget: { files } }) => {
            const file = files?.[0];
            if (file) void onChoose(file);
          }}
        />
      </label>
    </>
  );
}
