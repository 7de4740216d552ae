/** A token by which a program calls over HTTP, as it is kept: the token itself is nowhere. Times are UTC ISO. */
export type AccessToken = {
  /** Stands in the token, so that it is found by it. */
  readonly tokenId: string;
  /** Of the rest of the token, which nobody can guess. */
  readonly digest: string;
  /** `role:name` that whoever has the token acts as. */
  readonly actor: string;
  /** Whose keys and external ids are used with it: those of the token that comes after it are the same. */
  readonly client: string;
  /** Whether one order may be read in clear. */
  readonly seesClear: boolean;
  readonly createdAt: string;
  readonly createdBy: string;
  readonly expiresAt: string;
  /** null: it is not revoked. */
  readonly revokedAt: string | null;
  /** To within a minute; null: never. */
  readonly lastUsedAt: string | null;
};

export type AccessTokens = {
  readonly add: (token: Omit<AccessToken, 'revokedAt' | 'lastUsedAt'>) => Promise<void>;
  readonly get: (tokenId: string) => Promise<AccessToken | null>;
  /** All that there ever were, by id. */
  readonly list: () => Promise<readonly AccessToken[]>;
  /** false: there is none, or it is revoked already. */
  readonly revoke: (tokenId: string, at: string) => Promise<boolean>;
  readonly used: (tokenId: string, at: string) => Promise<void>;
};

/** What makes and compares secrets, which the core cannot. */
export type Secrets = {
  /** Of 256 bits, in letters, digits, - and _. */
  readonly draw: () => string;
  /** So many hexadecimal digits by chance. */
  readonly drawHex: (digits: number) => string;
  /** SHA-256. */
  readonly digest: (secret: string) => string;
  /** Takes as long whether they are the same or not. */
  readonly same: (a: string, b: string) => boolean;
};
