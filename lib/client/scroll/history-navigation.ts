/** The path that Back, Forward or a reload led to; consumed by the page that shows it. */
let navigatedTo: string | null = null;

/** Records where Back and Forward lead. Returns a cleanup function. */
export function trackHistoryNavigation(): () => void {
  const onPop = () => {
    navigatedTo = window.location.pathname;
  };
  const onClick = () => {
    navigatedTo = null;
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
export function isHistoryNavigation(): boolean {
  const path = window.location.pathname;
  const [entry] = performance.getEntriesByType('navigation');
  const first = !loaded && entry !== undefined && new URL(entry.name).pathname === path;
  loaded = true;
  const back = first ? isReloadOrBack(entry) : navigatedTo === path;
  navigatedTo = null;
  return back;
}

const isReloadOrBack = (entry: PerformanceEntry): boolean =>
  entry instanceof PerformanceNavigationTiming && entry.type !== 'navigate';
