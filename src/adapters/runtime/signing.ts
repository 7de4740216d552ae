import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import type { SignedHead } from '../../core/ports/audit.ts';
import { Refusal } from '../../core/rules/refusal.ts';

const read = (flag: string, path: string, toKey: (pem: string) => KeyObject): KeyObject => {
  try {
    const key = toKey(readFileSync(path, 'utf8'));
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // Said below: what OpenSSL tells of a key that it cannot read helps nobody, and may quote the file.
  }
  const which = flag === '--sign' ? 'private' : 'public';
  throw new Refusal('BAD_VALUE', { flag, value: path, expected: { code: 'ED25519_KEY', which } });
};

/**
 * Signs texts (Ed25519, base64) with the private key in a PEM file that only its owner may read. Throws Refusal BAD_VALUE,
 * SECRET_READABLE.
 */
export const signerOf = (path: string): ((text: string) => string) => {
  const key = read('--sign', path, createPrivateKey);
  const { mode } = statSync(path);
  // Windows has no such bits: every file would look open.
  if (process.platform !== 'win32' && (mode & 0o077) !== 0)
    throw new Refusal('SECRET_READABLE', { path, mode: (mode & 0o777).toString(8).padStart(4, '0') });
  return (text) => sign(null, Buffer.from(text), key).toString('base64');
};

/** Whether a text was signed with the private half of the public key in a PEM file. Throws Refusal BAD_VALUE. */
export const signatureCheck = (path: string): ((text: string, signature: string) => boolean) => {
  const key = read('--key', path, createPublicKey);
  return (text, signature) => verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64'));
};

const isHead = (value: unknown): value is SignedHead => {
  if (typeof value !== 'object' || value === null) return false;
  const { at, position, digest, audit, signature } = value as Partial<Record<keyof SignedHead, unknown>>;
  const isEnd = (end: unknown): boolean =>
    typeof end === 'object' && end !== null && 'host' in end && 'seq' in end && 'hash' in end;
  return (
    typeof at === 'string' &&
    typeof position === 'number' &&
    typeof digest === 'string' &&
    (signature === null || typeof signature === 'string') &&
    Array.isArray(audit) &&
    audit.every(isEnd)
  );
};

/** The head that `oss db head -o json` printed into a file. Throws Refusal BAD_VALUE for anything else. */
export const readHead = (path: string): SignedHead => {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (isHead(value)) return value;
  } catch {
    // Said below.
  }
  throw new Refusal('BAD_VALUE', { flag: '--head', value: path, expected: { code: 'HEAD' } });
};
