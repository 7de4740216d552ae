import { Refusal } from '../../../core/rules/refusal.ts';

/** The only one with a native part. */
const NATIVE = 'better-sqlite3';

/** What this program is made of is not all there, or not made for this Node. null: it is something else. */
export const brokenPackage = (error: unknown): Refusal | null => {
  if (!(error instanceof Error)) return null;
  const { message } = error;
  // `bindings` looks for it in a dozen places, and has no code for that it found none.
  if (message.startsWith('Could not locate the bindings file')) {
    return new Refusal('PACKAGE_BROKEN', { name: NATIVE, fault: { code: 'NATIVE_MISSING' } });
  }
  const code = 'code' in error ? error.code : null;
  if (code === 'ERR_DLOPEN_FAILED') {
    const isOther = message.includes('different Node.js version');
    const text = message.split('\n')[0] ?? '';
    return new Refusal('PACKAGE_BROKEN', {
      name: NATIVE,
      fault: isOther ? { code: 'OTHER_NODE', version: process.version } : { code: 'AS_TOLD', text },
    });
  }
  if (code !== 'MODULE_NOT_FOUND' && code !== 'ERR_MODULE_NOT_FOUND') return null;
  // A path is a file of a package, or of this program: the refusal names it all the same.
  const [, name] = /^Cannot find (?:module|package) '([^']+)'/.exec(message) ?? [];
  return new Refusal('PACKAGE_BROKEN', { name: name ?? message, fault: { code: 'MISSING' } });
};
