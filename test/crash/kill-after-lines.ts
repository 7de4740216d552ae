import { spawn } from 'node:child_process';
import { type Ended, type Env, OSS } from '../support/real-process.ts';

/** Runs the real program and kills it, as a power cut would, once so many lines of its stdout have come. */
export const killAfterLines = (lines: number, argv: readonly string[], env: Env): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [OSS, ...argv], {
      env: { ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      if (stdout.split('\n').length > lines) child.kill('SIGKILL');
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
