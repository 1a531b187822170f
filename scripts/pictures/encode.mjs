import { writeFileSync } from 'node:fs';
import sharp from 'sharp';

/** Writes a still with at most 128 colours: a third of the bytes, without a visible difference. */
export async function writeStill(file, shot) {
  writeFileSync(
    file,
    await sharp(shot).png({ palette: true, colours: 128, effort: 10 }).toBuffer(),
  );
}

/** A film of frames `{shot, ms}`. Only what changes from one to the next is stored. */
export async function writeFilm(file, frames) {
  const film = sharp(
    frames.map(({ shot }) => shot),
    { join: { animated: true } },
  );
  const options = { delay: frames.map(({ ms }) => ms), loop: 0, colours: 64, dither: 0, effort: 7 };
  writeFileSync(file, await film.gif({ ...options, interFrameMaxError: 2 }).toBuffer());
}
