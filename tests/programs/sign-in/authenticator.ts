import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

/** What a browser and its authenticator answer, made by hand so that each part can be wrong. */
interface Lies {
  readonly origin?: string;
  readonly host?: string;
  readonly counter?: number;
  /** Whether the person was asked for a finger or a PIN. */
  readonly verified?: boolean;
  readonly userHandle?: string;
}

interface Options {
  readonly challenge: string;
  readonly user?: { readonly id: string };
}

const sha256 = (data: Buffer | string) => createHash('sha256').update(data).digest();
const text64 = (data: Buffer | string) => Buffer.from(data).toString('base64url');

/** CBOR of what is needed here: short maps of small numbers, texts and bytes. */
const bytes = (data: Buffer) =>
  data.length < 256
    ? Buffer.concat([Buffer.from([0x58, data.length]), data])
    : Buffer.concat([Buffer.from([0x59, data.length >> 8, data.length & 0xff]), data]);
const text = (word: string) =>
  Buffer.concat([Buffer.from([0x60 + word.length]), Buffer.from(word)]);

/** A passkey for the server at this origin. */
export function authenticator(origin: string) {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const id = randomBytes(32);
  let owner = '';

  const dataFor = (flags: number, counter: number, { host, verified = true }: Lies) => {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    const asked = Buffer.from([flags | 0x01 | (verified ? 0x04 : 0)]);
    return Buffer.concat([sha256(host ?? new URL(origin).hostname), asked, count]);
  };
  const clientData = (type: string, challenge: string, lies: Lies) =>
    JSON.stringify({ type, challenge, origin: lies.origin ?? origin, crossOrigin: false });
  const answer = (response: object) => ({
    id: text64(id),
    rawId: text64(id),
    type: 'public-key',
    clientExtensionResults: {},
    response,
  });

  return {
    /** `navigator.credentials.create` */
    create({ challenge, user }: Options, lies: Lies = {}) {
      owner = user?.id ?? '';
      const key = Buffer.concat([
        Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21]),
        bytes(Buffer.from(x, 'base64url')),
        Buffer.from([0x22]),
        bytes(Buffer.from(y, 'base64url')),
      ]);
      const authData = Buffer.concat([
        dataFor(0x40, lies.counter ?? 0, lies),
        Buffer.alloc(16),
        Buffer.from([0, id.length]),
        id,
        key,
      ]);
      const attestation = [text('fmt'), text('none'), text('attStmt'), Buffer.from([0xa0])];
      const attestationObject = Buffer.concat(
        [Buffer.from([0xa3]), ...attestation].concat(text('authData'), bytes(authData)),
      );
      return answer({
        clientDataJSON: text64(clientData('webauthn.create', challenge, lies)),
        attestationObject: text64(attestationObject),
      });
    },
    /** `navigator.credentials.get` */
    get({ challenge }: Options, lies: Lies = {}) {
      const authData = dataFor(0, lies.counter ?? 0, lies);
      const data = clientData('webauthn.get', challenge, lies);
      const signature = sign('sha256', Buffer.concat([authData, sha256(data)]), privateKey);
      return answer({
        clientDataJSON: text64(data),
        authenticatorData: text64(authData),
        signature: text64(signature),
        userHandle: lies.userHandle ?? owner,
      });
    },
  };
}
