/** The path that Back or Forward, or a reload, has just led to; taken by the page that shows it. */
let cameTo: string | null = null;

/** Notes where Back and Forward lead. Returns how to end it. */
export function noteComingBack(): () => void {
  const onPop = () => {
    cameTo = window.location.pathname;
  };
  const onClick = () => {
    cameTo = null;
  };
  window.addEventListener('popstate', onPop);
  // Whoever presses something goes on from here.
  window.addEventListener('click', onClick, true);
  return () => {
    window.removeEventListener('popstate', onPop);
    window.removeEventListener('click', onClick, true);
  };
}

/** A session was shown since the document was loaded. */
let loaded = false;

/** Whether a page is shown because one came back to it and did not open it. */
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
