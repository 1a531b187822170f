import type { Part } from '@/lib/reply/parts';
import type { Frame, StoredMessage } from './api-client';

/** A reply as one string for each unit of its axis, however it was cut into frames and parts. */
export type Units = readonly string[];

export const textUnits = (text: string): Units => text.split('');
export const reasoningUnits = (text: string): Units =>
  textUnits(text).map((unit) => `${unit}\u0001`);
export const sourceUnit = (url: string): string => `[${url}]`;

type Held = Pick<Frame, 'token' | 'reasoning' | 'source'>;

/** What frames bring, in order. */
export const unitsOf = (frames: readonly Held[]): Units =>
  frames.flatMap(({ token = '', reasoning = '', source }) => [
    ...textUnits(token),
    ...reasoningUnits(reasoning),
    ...(source ? [sourceUnit(source.url)] : []),
  ]);

/** What a message holds. */
export const unitsOfMessage = ({ content, parts }: StoredMessage): Units =>
  parts ? parts.flatMap(unitsOfPart) : textUnits(content);

function unitsOfPart(part: Part): Units {
  if (part.kind === 'source') return [sourceUnit(part.url)];
  return part.kind === 'text' ? textUnits(part.text) : reasoningUnits(part.text);
}
