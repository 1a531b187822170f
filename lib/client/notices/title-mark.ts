const MARK = '● ';

/** Puts a mark before the page's title until the page is seen. The title may change meanwhile. */
export function markTitle(): void {
  const put = () => {
    if (!document.title.startsWith(MARK)) document.title = MARK + document.title;
  };
  const changed = new MutationObserver(put);
  const onSeen = () => {
    if (document.hidden) return;
    changed.disconnect();
    document.removeEventListener('visibilitychange', onSeen);
    document.title = document.title.replace(MARK, '');
  };
  put();
  changed.observe(document.head, { childList: true, subtree: true, characterData: true });
  document.addEventListener('visibilitychange', onSeen);
}
