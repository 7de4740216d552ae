import type { EvidenceFault } from '../codes/evidence-fault.ts';
import { parsePersonName } from '../values/person-name.ts';
import type { Evidence } from './events.ts';

/** What the technician typed. */
export type GivenEvidence = {
  readonly ont?: string | undefined;
  /** dBm */
  readonly rx?: number | undefined;
  readonly stb?: readonly string[] | undefined;
  /** The signer's name, which goes to the vault. */
  readonly signer?: string | undefined;
};

/** Evidence without the signer, serials in capitals and without separators. */
export type CheckedEvidence = Omit<Evidence, 'signerTextId'>;

/**
 * `missing` holds all that is missing or wrong. `meant` is the Rx power that was probably meant, e.g. `-18.5` when 18.5 was given.
 */
export type EvidenceFaults = {
  readonly ok: false;
  readonly missing: readonly EvidenceFault[];
  readonly meant: string | null;
};

export type EvidenceCheck = { readonly ok: true; readonly evidence: CheckedEvidence } | EvidenceFaults;
export type CorrectionCheck =
  | { readonly ok: true; readonly corrected: Partial<CheckedEvidence> }
  | EvidenceFaults;

/** dBm at the ONT, both included. */
export const RX_POWER = { min: -27, max: -8 } as const;

/** Four letters of the maker and eight hex digits by the book; labels in the field differ, so any 8 to 16 of both pass. */
const ONT_SERIAL = /^[A-Z0-9]{8,16}$/;
const STB_SERIAL = /^[A-Z0-9]{4,24}$/;

const serial = (text: string): string =>
  text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s:-]/g, '');

const ontFaults = (ont: string): readonly EvidenceFault[] => {
  if (ont === '') return [{ code: 'ont' }];
  return ONT_SERIAL.test(ont) ? [] : [{ code: 'ont-format', serial: ont }];
};

const rxFaults = (rx: number | undefined): readonly EvidenceFault[] => {
  if (rx === undefined || Number.isNaN(rx)) return [{ code: 'rx' }];
  return rx >= RX_POWER.min && rx <= RX_POWER.max ? [] : [{ code: 'rx-range', dbm: rx }];
};

const meantRx = (rx: number | undefined): string | null =>
  rx !== undefined && -rx >= RX_POWER.min && -rx <= RX_POWER.max ? String(-rx) : null;

const stbFaults = (stb: readonly string[], tv: number, ont: string): readonly EvidenceFault[] => {
  const faults: EvidenceFault[] = [];
  const counts = { given: stb.length, needed: tv };
  if (stb.length < tv) faults.push({ code: 'stb', ...counts });
  if (stb.length > tv) faults.push({ code: 'stb-too-many', ...counts });
  const known = new Set([ont]);
  for (const one of stb) {
    if (!STB_SERIAL.test(one)) faults.push({ code: 'stb-format', serial: one });
    else if (known.has(one)) faults.push({ code: 'stb-duplicate', serial: one });
    known.add(one);
  }
  return faults;
};

const stbSerials = (given: readonly string[] | undefined): readonly string[] =>
  (given ?? []).map(serial).filter((one) => one !== '');

/** What `field complete` needs for an order with `tv` TV lines: everything that is missing or wrong, at once. */
export const checkEvidence = (given: GivenEvidence, tv: number): EvidenceCheck => {
  const ontSerial = serial(given.ont ?? '');
  const stb = stbSerials(given.stb);
  const missing = [
    ...ontFaults(ontSerial),
    ...rxFaults(given.rx),
    ...stbFaults(stb, tv, ontSerial),
    ...(parsePersonName(given.signer ?? '') === null ? [{ code: 'signer' } as const] : []),
  ];
  if (missing.length > 0 || given.rx === undefined) return { ok: false, missing, meant: meantRx(given.rx) };
  return { ok: true, evidence: { ontSerial, rxPowerDbm: given.rx, stbSerials: stb } };
};

/** The same for `field correct`: only the fields that were given are checked, against the evidence that stands. */
export const checkCorrection = (
  given: Omit<GivenEvidence, 'signer'>,
  tv: number,
  standing: CheckedEvidence,
): CorrectionCheck => {
  const ontSerial = given.ont === undefined ? standing.ontSerial : serial(given.ont);
  const stb = given.stb === undefined ? standing.stbSerials : stbSerials(given.stb);
  const missing = [
    ...(given.ont === undefined ? [] : ontFaults(ontSerial)),
    ...(given.rx === undefined ? [] : rxFaults(given.rx)),
    ...(given.ont === undefined && given.stb === undefined ? [] : stbFaults(stb, tv, ontSerial)),
  ];
  if (missing.length > 0) return { ok: false, missing, meant: meantRx(given.rx) };
  return {
    ok: true,
    corrected: {
      ...(given.ont === undefined ? {} : { ontSerial }),
      ...(given.rx === undefined ? {} : { rxPowerDbm: given.rx }),
      ...(given.stb === undefined ? {} : { stbSerials: stb }),
    },
  };
};
