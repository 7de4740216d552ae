import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
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
