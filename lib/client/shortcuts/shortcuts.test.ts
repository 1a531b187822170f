import { expect, test } from 'vitest';
import { type Shortcut, isPressed } from './shortcuts';

const pressed = (key: string, held = '') => ({
  key,
  ctrlKey: held.includes('ctrl'),
  metaKey: held.includes('meta'),
  shiftKey: held.includes('shift'),
  altKey: held.includes('alt'),
});

test.each<[Shortcut, string, string]>([
  ['palette', 'k', 'ctrl'],
  ['palette', 'K', 'meta'],
  ['begin', 'O', 'ctrl shift'],
  ['list', '?', 'shift'],
  ['list', '?', ''],
  ['list', '/', 'ctrl shift'],
  ['send', 'Enter', ''],
  ['send', 'Enter', 'meta'],
  ['line', 'Enter', 'shift'],
])('%s is pressed by %s with %s', (shortcut, key, held) => {
  expect(isPressed(shortcut, pressed(key, held))).toBe(true);
});

test.each<[Shortcut, string, string]>([
  ['palette', 'k', ''],
  ['palette', 'k', 'ctrl shift'],
  ['palette', 'k', 'ctrl meta'],
  ['palette', 'k', 'ctrl alt'],
  ['list', '?', 'ctrl'],
  ['send', 'Enter', 'shift'],
  ['close', 'Escape', 'shift'],
])('%s is not pressed by %s with %s', (shortcut, key, held) => {
  expect(isPressed(shortcut, pressed(key, held))).toBe(false);
});
