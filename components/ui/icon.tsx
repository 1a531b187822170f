/** Strokes on a 24 by 24 grid, in the text colour. */
const PATHS = {
  plus: 'M12 5v14M5 12h14',
  search: 'M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13M15.3 15.3L20 20',
  menu: 'M4 7h16M4 12h16M4 17h10',
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
  close: 'M6 6l12 12M18 6L6 18',
  send: 'M12 19V5M6 11l6-6 6 6',
  stop: 'M8 8h8v8H8z',
  left: 'M14 6l-6 6 6 6',
  right: 'M10 6l6 6-6 6',
  fork: 'M7 4v16M7 14c0-4 10-2 10-8M4.5 6.5L7 4l2.5 2.5M14.5 8.5L17 6l2.5 2.5',
  quote: 'M5 7v10M9 8h10M9 12h10M9 16h6',
  down: 'M12 5v14M6 13l6 6 6-6',
  pencil: 'M4 20l1-4L16.5 4.5a2.1 2.1 0 0 1 3 3L8 19l-4 1M14.5 6.5l3 3',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  person: 'M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8M4.5 20a7.5 7.5 0 0 1 15 0',
  key: 'M8 9a4 4 0 1 0 0 8 4 4 0 0 0 0-8M11.2 10.8L20 4M16 7l3 3',
  pin: 'M9 3h6l-1 6 4 4v2H6v-2l4-4-1-6M12 15v6',
  archive: 'M4 4h16v5H4zM6 9v10a1 1 0 0 0 1 1h10a1 1 0 0 0 1-1V9M10 13h4',
  chart: 'M4 20h16M7 20v-6M12 20V6M17 20v-9',
  tag: 'M4 12V4h8l8 8-8 8-8-8M8.5 8.5h.01',
  print: 'M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z',
  temporary: 'M12 4a8 8 0 1 0 8 8M12 8v4l3 2M16 4.6l.01 0M19.4 8l.01 0',
  trash: 'M4 7h16M10 11v6M14 11v6M6 7l1 12a1 1 0 0 0 1 1h8a1 1 0 0 0 1-1l1-12M9 7V4h6v3',
  download: 'M12 4v11M7 11l5 5 5-5M5 20h14',
  upload: 'M12 20V9M7 13l5-5 5 5M5 4h14',
  memory:
    'M12 3l1.9 5.1L19 10l-5.1 1.9L12 17l-1.9-5.1L5 10l5.1-1.9L12 3M19 16l.8 2.2L22 19l-2.2.8L19 22l-.8-2.2L16 19l2.2-.8L19 16',
  continue: 'M5 6l7 6-7 6V6M14 6l7 6-7 6',
  retry: 'M4 12a8 8 0 1 0 2.6-5.9M4 4v4.5h4.5',
  sun: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8M12 2v2M12 20v2M4.9 4.9l1.4 1.4M17.7 17.7l1.4 1.4M2 12h2M20 12h2M4.9 19.1l1.4-1.4M17.7 6.3l1.4-1.4',
  moon: 'M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5',
  screen: 'M4 5h16v11H4zM9 20h6M12 16v4',
  settings: 'M4 7h9M17 7h3M15 5v4M4 12h3M11 12h9M9 10v4M4 17h9M17 17h3M15 15v4',
  wrap: 'M4 6h16M4 12h12.5a3 3 0 0 1 0 6H12M14.5 15.5L12 18l2.5 2.5M4 18h4',
  code: 'M9 7l-5 5 5 5M15 7l5 5-5 5',
  keyboard: 'M3 6h18v12H3zM7 10h.01M11 10h.01M15 10h.01M17 14h.01M7 14h7',
  bell: 'M6 16V11a6 6 0 0 1 12 0v5l1.500 2h-15L6 16M10 21h4',
  numbers: 'M10 6h10M10 12h10M10 18h10M5 5v4M4 9h2M4 15.5h2L4 19h2',
  warning: 'M12 4l9 16H3L12 4M12 10v4M12 17h.01',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
