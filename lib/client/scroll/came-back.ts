/** The path that Back, Forward or a reload led to; consumed by the page that shows it. */
let cameTo: string | null = null;

/** Records where Back and Forward lead. Returns a cleanup function. */
export function noteComingBack(): () => void {
  const onPop = () => {
    cameTo = window.location.pathname;
  };
  const onClick = () => {
    cameTo = null;
  };
  window.addEventListener('popstate', onPop);
  // After a click, navigation is not a return.
  window.addEventListener('click', onClick, true);
  return () => {
    window.removeEventListener('popstate', onPop);
    window.removeEventListener('click', onClick, true);
  };
}

/** True once a session was shown since the document loaded. */
let loaded = false;

/** True when the page is shown because of Back, Forward or a reload. */
export function cameBack(): boolean {
  const path = window.location.pathname;
  const [entry] = performance.getEntriesByType('navigation');
  const first = !loaded && entry !== undefined && new URL(entry.name).pathname === path;
  loaded = true;
  const back = first ? wasComeBackTo(entry) : cameTo === path;
  cameTo = null;
  return back;
}

const wasComeBackTo = (entry: PerformanceEntry): boolean =>
  entry instanceof PerformanceNavigationTiming && entry.type !== 'navigate';
