/** Copies text; false when the browser does not allow it. */
export async function copyText(text: string): Promise<boolean> {
  // Missing where the app is reached over plain HTTP by another name than localhost.
  const clipboard = navigator.clipboard as Clipboard | undefined;
  if (!clipboard) return false;
  try {
    await clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
