/** One way to press a shortcut. */
export interface Keys {
  /** As `KeyboardEvent.key` has it, in lower case. */
  readonly key: string;
  /** With Ctrl, or with Command on Apple's keyboards. */
  readonly mod?: boolean;
  /** Undefined: whichever way the keyboard writes the character. */
  readonly shift?: boolean;
}

/** What handlers listen for, and what the list of shortcuts shows, in this order. */
export const SHORTCUTS = {
  palette: [{ key: 'k', mod: true, shift: false }],
  begin: [{ key: 'o', mod: true, shift: true }],
  sidebar: [{ key: 'b', mod: true, shift: false }],
  field: [{ key: 'escape', shift: true }],
  list: [{ key: '/', mod: true }, { key: '?' }],
  send: [
    { key: 'enter', shift: false },
    { key: 'enter', mod: true, shift: false },
  ],
  line: [{ key: 'enter', shift: true }],
  previous: [{ key: 'arrowleft', shift: false }],
  next: [{ key: 'arrowright', shift: false }],
  range: [{ key: ' ', shift: true }],
  close: [{ key: 'escape', shift: false }],
} as const satisfies Readonly<Record<string, readonly Keys[]>>;

export type Shortcut = keyof typeof SHORTCUTS;

/** Where Command stands for Ctrl. */
export const isApple = (): boolean => /Mac|iP(?:hone|ad|od)/.test(navigator.userAgent);

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

export const isPressed = (shortcut: Shortcut, event: Pressed): boolean =>
  SHORTCUTS[shortcut].some((keys: Keys) => matches(keys, event));

function matches({ key, mod = false, shift }: Keys, event: Pressed): boolean {
  const { ctrlKey, metaKey, shiftKey, altKey } = event;
  // With Ctrl, text fields of Apple's systems move the caret.
  const hasMod = isApple() ? metaKey && !ctrlKey : ctrlKey !== metaKey;
  if (event.key.toLowerCase() !== key || altKey || (ctrlKey && metaKey)) return false;
  return hasMod === mod && (shift === undefined || shift === shiftKey);
}
