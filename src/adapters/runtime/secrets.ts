import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Secrets } from '../../core/ports/access-tokens.ts';

const digest = (secret: string): string => createHash('sha256').update(secret).digest('hex');

export const systemSecrets: Secrets = {
  draw: () => randomBytes(32).toString('base64url'),
  drawHex: (digits) =>
    randomBytes(Math.ceil(digits / 2))
      .toString('hex')
      .slice(0, digits),
  digest,
  // Of digests, which are of one length whatever the two are.
  same: (a, b) => timingSafeEqual(Buffer.from(digest(a)), Buffer.from(digest(b))),
};
