/** A provider of OpenID Connect, where people have accounts already. */
export interface Provider {
  /** Its issuer identifier, as identities are stored under it. */
  readonly issuer: string;
  /** As people call it. */
  readonly name: string;
  /** Where a browser signs in there. Throws `unavailable`. */
  begin(redirectUri: string): Promise<Begun>;
  /**
   * Who signed in there. `answer`: the address to which the provider sent the browser. Throws `unauthenticated` for an
   * answer that is refused, forged or used, and `unavailable`.
   */
  finish(answer: URL, begun: Pick<Begun, 'state' | 'secrets'>): Promise<SignedInThere>;
}

export interface Begun {
  readonly url: string;
  /** Comes back in the answer. */
  readonly state: string;
  /** What the answer is checked with. The browser does not see it. */
  readonly secrets: { readonly nonce: string; readonly verifier: string };
}

export interface SignedInThere {
  readonly subject: string;
  /** What the provider says of the person; asked only when needed. */
  claims(): Promise<Claims>;
}

export interface Claims {
  /** Only one that the provider has verified. */
  readonly email: string | null;
  readonly preferredName: string | null;
  readonly name: string | null;
}

export interface ProviderSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string | undefined;
  readonly name: string | undefined;
}
