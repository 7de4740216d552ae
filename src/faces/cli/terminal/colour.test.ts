import { describe, expect, it } from 'vitest';
import { colourLevel, painter } from './colour.ts';

const tty = { isTTY: true };
const pipe = { isTTY: false };
const XTERM = { TERM: 'xterm-256color' };

describe('colourLevel', () => {
  it.each([
    ['a terminal', 'auto', XTERM, tty, 2],
    ['a pipe', 'auto', XTERM, pipe, 0],
    ['NO_COLOR', 'auto', { ...XTERM, NO_COLOR: '1' }, tty, 0],
    ['an empty NO_COLOR', 'auto', { ...XTERM, NO_COLOR: '' }, tty, 2],
    ['FORCE_COLOR in a pipe', 'auto', { ...XTERM, FORCE_COLOR: '1' }, pipe, 1],
    ['FORCE_COLOR=0', 'auto', { ...XTERM, FORCE_COLOR: '0' }, tty, 0],
    ['NO_COLOR over FORCE_COLOR', 'auto', { ...XTERM, NO_COLOR: '1', FORCE_COLOR: '3' }, tty, 0],
    ['a dumb terminal', 'auto', { TERM: 'dumb' }, tty, 0],
    ['--color always in a pipe', 'always', { NO_COLOR: '1' }, pipe, 1],
    ['--color never', 'never', { FORCE_COLOR: '3' }, tty, 0],
    ['true colour', 'auto', { ...XTERM, COLORTERM: 'truecolor' }, tty, 3],
  ] as const)('%s', (_what, mode, env, stream, level) => {
    expect(colourLevel(mode, env, stream)).toBe(level);
  });
});

describe('painter', () => {
  it('paints nothing at level 0, whatever the environment of chalk says', async () => {
    const paint = await painter(0);
    expect(paint('bad', 'x')).toBe('x');
  });

  it('paints at level 1', async () => {
    const paint = await painter(1);
    expect(paint('bad', 'x')).toBe('\u001b[31mx\u001b[39m');
  });
});
