import { createElement } from 'react';
import {
  Archive,
  ArrowDown,
  ArrowUp,
  ChevronLeft,
  ChevronRight,
  ChevronsRight,
  Copy,
  Download,
  Ellipsis,
  GitFork,
  KeyRound,
  Menu,
  MessageCircleDashed,
  Monitor,
  Moon,
  NotebookPen,
  Pencil,
  Pin,
  Plus,
  Printer,
  RotateCcw,
  Search,
  SlidersHorizontal,
  Sun,
  Tag,
  TextQuote,
  Trash,
  TriangleAlert,
  Upload,
  UserRound,
  X,
  type IconNode,
} from 'lucide';

/** Lucide has no filled square; in the text colour, it reads as Stop at any size. */
const FilledSquare: IconNode = [
  ['rect', { x: 5, y: 5, width: 14, height: 14, rx: 3, fill: 'currentColor', stroke: 'none' }],
];

/** By what they mean here. */
const ICONS = {
  archive: Archive,
  close: X,
  continue: ChevronsRight,
  copy: Copy,
  down: ArrowDown,
  download: Download,
  fork: GitFork,
  key: KeyRound,
  left: ChevronLeft,
  memory: NotebookPen,
  menu: Menu,
  moon: Moon,
  more: Ellipsis,
  pencil: Pencil,
  person: UserRound,
  pin: Pin,
  plus: Plus,
  print: Printer,
  quote: TextQuote,
  retry: RotateCcw,
  right: ChevronRight,
  screen: Monitor,
  search: Search,
  send: ArrowUp,
  settings: SlidersHorizontal,
  stop: FilledSquare,
  sun: Sun,
  tag: Tag,
  temporary: MessageCircleDashed,
  trash: Trash,
  upload: Upload,
  warning: TriangleAlert,
} as const satisfies Record<string, IconNode>;

export type IconName = keyof typeof ICONS;

/** Strokes on a 24 by 24 grid, in the text colour. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      {ICONS[name].map(([tag, attributes], index) =>
        createElement(tag, { ...attributes, key: index }),
      )}
    </svg>
  );
}
