import { expect, test } from 'vitest';
import { endMarks } from './end-marks';

function read(...pieces: string[]): string {
  const marks = endMarks();
  return pieces.map((piece) => marks.push(piece)).join('') + marks.end();
}

test.each([
  ['Hi<|return|>', 'Hi'],
  ['Hi<|im_end|>\n', 'Hi'],
  ['Hi\n<|END_RESPONSE|>', 'Hi\n'],
  ['Write <|im_end|> at the end.', 'Write <|im_end|> at the end.'],
  ['a <|im_e', 'a <|im_e'],
  ['<s>old</s>', '<s>old</s>'],
  ['a < b', 'a < b'],
  ['Hi<|im_end|><|endoftext|>', 'Hi'],
  ['Hi<|eot_id|><|end_of_text|>', 'Hi'],
  ['Hi \n<|im_end|>\n<|im_end|>\n<|endoftext|>\n', 'Hi \n'],
  ['Write <|im_end|><|endoftext|> at the end.', 'Write <|im_end|><|endoftext|> at the end.'],
  ['Hi<|im_end|> <b', 'Hi<|im_end|> <b'],
  ['Hi <b><|im_end|>', 'Hi <b>'],
])('of "%s" is said "%s", however it is cut', (text, said) => {
  for (let at = 0; at <= text.length; at += 1)
    expect(read(text.slice(0, at), text.slice(at)), `cut at ${String(at)}`).toBe(said);
  expect(read(...text.split(''))).toBe(said);
});
