import { useState } from 'react';
import { BlockChunk } from './block-chunk';
import {
  type Blocks,
  advanceBlocks,
  allChunks,
  allReferences,
  endedHere,
  openBlock,
  splitBlocks,
} from './blocks';
import { IdPrefix } from './elements';
import { Notes } from './notes';

interface Props {
  /** The whole text so far. */
  readonly text: string;
  /** More of the text is to come, at its end. */
  readonly streaming: boolean;
  /** Unique on the page; put before the ids of footnotes. */
  readonly idPrefix: string;
}

/** Markdown whose cost per update depends on the block being written, not on the text before it. */
export function Markdown({ text, streaming, idPrefix }: Props) {
  const blocks = endedHere(useBlocks(text));
  const open = openBlock(blocks);
  const references = allReferences(blocks, open, streaming);
  const chunks = allChunks(blocks, open);
  return (
    <IdPrefix value={idPrefix}>
      <div className="markdown">
        {chunks.map((chunk, index) => (
          <BlockChunk
            key={chunk.first}
            chunk={chunk}
            references={references}
            streaming={streaming}
            growing={streaming && index === chunks.length - 1}
          />
        ))}
        <Notes references={references} idPrefix={idPrefix} />
      </div>
    </IdPrefix>
  );
}

function useBlocks(text: string): Blocks {
  const [held, setHeld] = useState(() => splitBlocks(text));
  const blocks = advanceBlocks(held, text);
  if (blocks !== held) setHeld(blocks);
  return blocks;
}
