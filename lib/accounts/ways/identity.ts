/** An account at a provider of OpenID Connect. */
export interface Identity {
  readonly issuer: string;
  readonly subject: string;
}
