// The same, up to a megabyte of each text.
process.env.OSS_LONG_TEXT = '1000000';
await import('./growth.test.ts');
