import { generateKeyPairSync, sign } from 'node:crypto';

/** A certificate for 127.0.0.1 that vouches for itself, as PEM. */
export type TestCertificate = { readonly cert: string; readonly key: string };

const der = (tag: number, ...parts: readonly Buffer[]): Buffer => {
  const body = Buffer.concat(parts);
  const long = body.length < 256 ? [0x81, body.length] : [0x82, body.length >> 8, body.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...(body.length < 128 ? [body.length] : long)]), body]);
};
const sequence = (...parts: readonly Buffer[]): Buffer => der(0x30, ...parts);
const bytes = (hex: string): Buffer => Buffer.from(hex, 'hex');
const time = (text: string): Buffer => der(0x17, Buffer.from(text, 'ascii'));

/** ecdsa-with-SHA256 */
const ALGORITHM = sequence(bytes('06082a8648ce3d040302'));
/** CN=test */
const NAME = sequence(der(0x31, sequence(bytes('0603550403'), der(0x0c, Buffer.from('test')))));
/** subjectAltName: IP 127.0.0.1; basicConstraints: a CA, so that it can vouch for itself. */
const EXTENSIONS = der(
  0xa3,
  sequence(
    sequence(bytes('0603551d11'), der(0x04, sequence(der(0x87, Buffer.from([127, 0, 0, 1]))))),
    sequence(bytes('0603551d13'), bytes('0101ff'), der(0x04, sequence(bytes('0101ff')))),
  ),
);

export const testCertificate = (): TestCertificate => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const told = sequence(
    bytes('a003020102'),
    bytes('020101'),
    ALGORITHM,
    NAME,
    sequence(time('000101000000Z'), time('491231235959Z')),
    NAME,
    publicKey.export({ type: 'spki', format: 'der' }),
    EXTENSIONS,
  );
  const signature = sign('sha256', told, privateKey);
  const whole = sequence(told, ALGORITHM, der(0x03, Buffer.from([0]), signature));
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${whole.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
};
