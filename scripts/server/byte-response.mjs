import { ServerResponse } from 'node:http';

/**
 * Writes text as bytes. Node 26.10 forgets to say `drain` after text with letters of several bytes, and what waits for
 * it, such as a page or a reply for a slow reader, would never be sent to its end.
 */
export class ByteResponse extends ServerResponse {
  write(piece, encoding, written) {
    if (typeof piece !== 'string') return super.write(piece, encoding, written);
    if (typeof encoding === 'function') return super.write(Buffer.from(piece), encoding);
    return super.write(Buffer.from(piece, encoding), written);
  }
}
