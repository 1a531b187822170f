import { createElement } from 'react';
import {
  Archive,
  ArrowDown,
  ArrowUp,
  Bell,
  ChartColumn,
  Check,
  ChevronDown,
  ChevronLeft,
  ChevronRight,
  ChevronsRight,
  CodeXml,
  Copy,
  Download,
  Ellipsis,
  GitFork,
  KeyRound,
  Keyboard,
  Lightbulb,
  ListOrdered,
  Map as Route,
  Menu,
  MessageCircleDashed,
  Monitor,
  Moon,
  NotebookPen,
  PanelLeft,
  Pencil,
  Pin,
  Plus,
  Printer,
  RotateCcw,
  Scale,
  Search,
  Settings,
  SlidersHorizontal,
  Sun,
  Tag,
  TextQuote,
  TextWrap,
  Trash,
  TriangleAlert,
  Upload,
  UserRound,
  UsersRound,
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
  bell: Bell,
  chart: ChartColumn,
  close: X,
  code: CodeXml,
  compare: Scale,
  continue: ChevronsRight,
  copy: Copy,
  done: Check,
  down: ArrowDown,
  download: Download,
  explain: Lightbulb,
  fork: GitFork,
  gear: Settings,
  key: KeyRound,
  keyboard: Keyboard,
  left: ChevronLeft,
  memory: NotebookPen,
  menu: Menu,
  moon: Moon,
  more: Ellipsis,
  numbers: ListOrdered,
  open: ChevronDown,
  pencil: Pencil,
  people: UsersRound,
  person: UserRound,
  pin: Pin,
  plan: Route,
  plus: Plus,
  print: Printer,
  quote: TextQuote,
  retry: RotateCcw,
  right: ChevronRight,
  screen: Monitor,
  search: Search,
  send: ArrowUp,
  settings: SlidersHorizontal,
  sidebar: PanelLeft,
  stop: FilledSquare,
  sun: Sun,
  tag: Tag,
  temporary: MessageCircleDashed,
  trash: Trash,
  upload: Upload,
  warning: TriangleAlert,
  wrap: TextWrap,
} as const satisfies Record<string, IconNode>;

/** They point along the line. */
const TURNED: ReadonlySet<string> = new Set(['continue', 'left', 'quote', 'right', 'sidebar']);

export type IconName = keyof typeof ICONS;

/** Strokes on a 24 by 24 grid, in the text colour. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg
      className={TURNED.has(name) ? 'icon icon-turned' : 'icon'}
      viewBox="0 0 24 24"
      aria-hidden="true"
      focusable="false"
    >
      {ICONS[name].map(([tag, attributes], index) =>
        createElement(tag, { ...attributes, key: index }),
      )}
    </svg>
  );
}
