import { afterEach, beforeEach, describe, test } from 'vitest';
import { bothAtLength, POSTGRES } from '../../databases/engines';
import { readSend, readWatch } from '../../programs/app-reader';
import { openDeployment, type Deployment } from '../../programs/deployment';
import { spokenBy, type Upstream } from '../../upstream/upstream';

// Concurrent: they mostly wait.
describe.concurrent.each(bothAtLength(POSTGRES))('on $name', ({ empty }) => {
  let deployment: Deployment;
  let upstream: Upstream;

  beforeEach(async () => {
    deployment = await openDeployment(await empty());
    ({ upstream } = deployment);
  });
  afterEach(() => deployment.remove());

  // A suspended process looks like one on a lost machine: only its heartbeat stops.
  test('another instance interrupts the reply of a suspended instance within 30 seconds', async ({
    expect,
  }) => {
    const [one, two] = [await deployment.start(), await deployment.start()];
    const spoken = spokenBy(upstream);
    const session_id = await one.api.createSession();
    const here = await readSend(
      one.api,
      { message: 'hello', session_id },
      { 'X-Request-ID': 'silent' },
    );
    await expect.poll(() => upstream.requests.length).toBe(1);
    spoken.say('Once upon');
    await here.seen('Once upon');
    const there = await readWatch(two.api, 'silent');
    await there.seen('Once upon');
    const silentAt = performance.now();
    one.process.kill('SIGSTOP');
    expect(await there.ended).toContain('"state":"interrupted"');
    const took = performance.now() - silentAt;
    expect(took).toBeGreaterThan(14_000);
    expect(took).toBeLessThan(30_000);

    // After it resumes, the text that waited in the socket is kept, and generation is aborted.
    spoken.say(' a time');
    one.process.kill('SIGCONT');
    await upstream.requests[0]?.closed;
    expect(await here.ended).toContain('"state":"interrupted"');
    expect(await two.api.messages(session_id)).toMatchObject([
      { content: 'hello' },
      { content: 'Once upon a time', state: 'interrupted' },
    ]);
  });
});
