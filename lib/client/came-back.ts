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

let loaded = false;

/** Whether a page is shown because one came back to it and did not open it. */
export function cameBack(): boolean {
  const path = window.location.pathname;
  const [entry] = performance.getEntriesByType('navigation');
  const first = !loaded;
  loaded = true;
  if (first && entry instanceof PerformanceNavigationTiming) return entry.type !== 'navigate';
  const back = cameTo === path;
  cameTo = null;
  return back;
}
