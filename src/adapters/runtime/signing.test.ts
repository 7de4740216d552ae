import { generateKeyPairSync, type KeyPairKeyObjectResult } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { signatureCheck, signerOf } from './signing.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'oss-sign-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const keyFiles = (name: string, { privateKey, publicKey }: KeyPairKeyObjectResult) => {
  const [secret, open] = [join(folder, `${name}.pem`), join(folder, `${name}.pub`)];
  writeFileSync(secret, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  writeFileSync(open, publicKey.export({ type: 'spki', format: 'pem' }));
  return { secret, open };
};
const ed = (name: string) => keyFiles(name, generateKeyPairSync('ed25519'));

test('what was signed is known again, and nothing else is', () => {
  const [mine, other] = [ed('mine'), ed('other')];
  const signature = signerOf(mine.secret)('a head');
  expect(signatureCheck(mine.open)('a head', signature)).toBe(true);
  expect(signatureCheck(mine.open)('another', signature)).toBe(false);
  expect(signatureCheck(other.open)('a head', signature)).toBe(false);
  expect(signatureCheck(mine.open)('a head', 'no base64 at all')).toBe(false);
});

const BAD_KEY = { code: 'BAD_VALUE', detail: { expected: { code: 'ED25519_KEY' } } };
const refusalOf = (ask: () => unknown): unknown => {
  try {
    return ask();
  } catch (error) {
    return error;
  }
};

test('a key that is none, of another kind, or that others may read is refused', () => {
  expect(refusalOf(() => signerOf(join(folder, 'none')))).toMatchObject(BAD_KEY);
  const ec = keyFiles('ec', generateKeyPairSync('ec', { namedCurve: 'P-256' }));
  expect(refusalOf(() => signerOf(ec.secret))).toMatchObject(BAD_KEY);
  expect(refusalOf(() => signatureCheck(ec.open))).toMatchObject(BAD_KEY);
  const mine = ed('mine');
  expect(refusalOf(() => signerOf(mine.open))).toMatchObject(BAD_KEY);
  chmodSync(mine.secret, 0o644);
  expect(refusalOf(() => signerOf(mine.secret))).toMatchObject({ code: 'SECRET_READABLE' });
});
