/** Closes what this app still tells of replies: it shows how they begin. Never rejects. */
export async function closeNotices(): Promise<void> {
  // Browsers have none over plain HTTP.
  const workers = navigator.serviceWorker as ServiceWorkerContainer | undefined;
  try {
    const worker = await workers?.getRegistration('/');
    for (const notice of (await worker?.getNotifications()) ?? []) notice.close();
  } catch {
    // Where site data is blocked, there is no worker.
  }
}
