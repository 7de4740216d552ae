import { describe, expect, it } from 'vitest';
import { checkCorrection, checkEvidence } from './evidence.ts';

const GOOD = { ont: 'GPON0012ab34', rx: -18.5, stb: ['STB-000001', 'stb000002'], signer: '정하은' };

describe('checkEvidence', () => {
  it('takes complete evidence and writes serials one way', () => {
    expect(checkEvidence(GOOD, 2)).toEqual({
      ok: true,
      evidence: { ontSerial: 'GPON0012AB34', rxPowerDbm: -18.5, stbSerials: ['STB000001', 'STB000002'] },
    });
    expect(checkEvidence({ ...GOOD, stb: undefined }, 0).ok).toBe(true);
  });

  it('lists all that is missing at once', () => {
    expect(checkEvidence({}, 2)).toEqual({
      ok: false,
      missing: [{ code: 'ont' }, { code: 'rx' }, { code: 'stb', given: 0, needed: 2 }, { code: 'signer' }],
      meant: null,
    });
    expect(checkEvidence({ ont: ' ', stb: ['', ' '], signer: '  ' }, 1)).toMatchObject({
      missing: [{ code: 'ont' }, { code: 'rx' }, { code: 'stb', given: 0, needed: 1 }, { code: 'signer' }],
    });
  });

  it.each([
    [{ rx: 18.5 }, [{ code: 'rx-range', dbm: 18.5 }], '-18.5'],
    [{ rx: -27.1 }, [{ code: 'rx-range', dbm: -27.1 }], null],
    [{ rx: -7.9 }, [{ code: 'rx-range', dbm: -7.9 }], null],
    [{ rx: 40 }, [{ code: 'rx-range', dbm: 40 }], null],
    [{ rx: 0 }, [{ code: 'rx-range', dbm: 0 }], null],
    [{ rx: Number.NaN }, [{ code: 'rx' }], null],
    [{ rx: Number.NEGATIVE_INFINITY }, [{ code: 'rx-range', dbm: Number.NEGATIVE_INFINITY }], null],
    [{ ont: 'GPON' }, [{ code: 'ont-format', serial: 'GPON' }], null],
    [{ ont: 'GPON0012AB34GPON0012AB34' }, [{ code: 'ont-format', serial: 'GPON0012AB34GPON0012AB34' }], null],
    [{ stb: ['STB000001'] }, [{ code: 'stb', given: 1, needed: 2 }], null],
    [{ stb: ['STB000001', 'STB000001'] }, [{ code: 'stb-duplicate', serial: 'STB000001' }], null],
    [{ stb: ['STB000001', 'stb-000001'] }, [{ code: 'stb-duplicate', serial: 'STB000001' }], null],
    [{ stb: ['STB000001', 'GPON0012AB34'] }, [{ code: 'stb-duplicate', serial: 'GPON0012AB34' }], null],
    [
      { stb: ['A', 'B', 'STB3'] },
      [
        { code: 'stb-too-many', given: 3, needed: 2 },
        { code: 'stb-format', serial: 'A' },
        { code: 'stb-format', serial: 'B' },
      ],
      null,
    ],
  ])('%j is refused: %j', (wrong, missing, meant) => {
    expect(checkEvidence({ ...GOOD, ...wrong }, 2)).toEqual({ ok: false, missing, meant });
  });

  it.each([-27, -8])('takes %i dBm, the ends of the range', (rx) => {
    expect(checkEvidence({ ...GOOD, rx }, 2).ok).toBe(true);
  });
});

describe('checkCorrection', () => {
  const standing = { ontSerial: 'GPON0012AB34', rxPowerDbm: -18.5, stbSerials: ['STB000001', 'STB000002'] };

  it('gives back only what is corrected', () => {
    expect(checkCorrection({ rx: -20 }, 2, standing)).toEqual({ ok: true, corrected: { rxPowerDbm: -20 } });
    expect(checkCorrection({ ont: 'gpon-0012ab35' }, 2, standing)).toEqual({
      ok: true,
      corrected: { ontSerial: 'GPON0012AB35' },
    });
    expect(checkCorrection({}, 2, standing)).toEqual({ ok: true, corrected: {} });
  });

  it('checks it against what stands', () => {
    expect(checkCorrection({ ont: 'STB000001' }, 2, standing)).toMatchObject({
      missing: [{ code: 'stb-duplicate', serial: 'STB000001' }],
    });
    expect(checkCorrection({ rx: 20, stb: ['STB000001'] }, 2, standing)).toEqual({
      ok: false,
      missing: [
        { code: 'rx-range', dbm: 20 },
        { code: 'stb', given: 1, needed: 2 },
      ],
      meant: '-20',
    });
  });
});
