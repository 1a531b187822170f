import type { ApiClient, Frame } from '../../programs/api-client';

export interface SeenFrame extends Pick<Frame, 'token' | 'reasoning' | 'source'> {
  readonly id: string;
  /** Whether it is the terminal frame. */
  readonly ended: boolean;
}

/** The complete frames in these bytes: what a browser reads of a stream that broke off. */
export function framesOf(bytes: Uint8Array): SeenFrame[] {
  const text = new TextDecoder().decode(bytes);
  const whole = text.slice(0, text.lastIndexOf('\n\n') + 1);
  return [...whole.matchAll(/^id: (.*)\ndata: (.*)\n/gm)].map(([, id = '', data = '']) => {
    const { done = false, ...held } = JSON.parse(data) as Frame;
    return { ...held, id, ended: done };
  });
}

/** Resumes a turn after this frame, and breaks the connection after `most` frames. */
export async function watchFrames(
  api: ApiClient,
  requestId: string,
  after: string | undefined,
  most = Infinity,
): Promise<SeenFrame[]> {
  const response = await api.fetch(`/api/chat/stream/${requestId}`, {
    headers: after === undefined ? {} : { 'Last-Event-ID': after },
  });
  const pieces: Uint8Array[] = [];
  for await (const piece of response.body ?? []) {
    pieces.push(piece);
    const seen = framesOf(Buffer.concat(pieces));
    // Leaving the loop closes the connection.
    if (seen.length >= most) return seen.slice(0, most);
  }
  return framesOf(Buffer.concat(pieces));
}
