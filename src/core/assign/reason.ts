import { HARD_RULES, type HardRule } from '../codes/hard-rule.ts';
import type { PartOfDay } from '../order/events.ts';

/**
 * Why this technician and slot, as it stands on the log and as scripts read it: a code, with its values behind a colon.
 * `load`: visits that day, and the limit. `same-area`: further visits in the area that day. `travel`: minutes of driving that
 * it adds to the day, by which version of the areas.
 */
export type ReasonCode =
  | `wish:${PartOfDay}`
  | `wish-missed:${PartOfDay}`
  | 'earliest'
  | `same-area:${number}`
  | `load:${number}/${number}`
  | `travel:${number}@${string}`
  | 'by-hand'
  | `forced:${HardRule}`
  | 'reassigned'
  | 'agreed-slot';

/** The same, taken apart for the faces. */
export type ChoiceReason =
  | { readonly code: 'wish' | 'wish-missed'; readonly part: PartOfDay }
  | { readonly code: 'same-area'; readonly visits: number }
  | { readonly code: 'load'; readonly visits: number; readonly limit: number }
  | { readonly code: 'travel'; readonly minutes: number; readonly version: string }
  | { readonly code: 'forced'; readonly rule: HardRule }
  | { readonly code: 'earliest' | 'by-hand' | 'reassigned' | 'agreed-slot' }
  /** Written by a program that knew other reasons. */
  | { readonly code: 'AS_WRITTEN'; readonly text: string };

const PARTS: readonly PartOfDay[] = ['am', 'pm', 'evening'];

/** Reads what stands on the log. */
export const readReason = (text: string): ChoiceReason => {
  const asWritten = { code: 'AS_WRITTEN', text } as const;
  const [, code = '', value = ''] = /^([a-z-]+)(?::(.*))?$/.exec(text) ?? [];
  switch (code) {
    case 'wish':
    case 'wish-missed': {
      const part = PARTS.find((one) => one === value);
      return part === undefined ? asWritten : { code, part };
    }
    case 'same-area':
      return /^\d+$/.test(value) ? { code, visits: Number(value) } : asWritten;
    case 'load': {
      const [, visits, limit] = /^(\d+)\/(\d+)$/.exec(value) ?? [];
      return visits === undefined ? asWritten : { code, visits: Number(visits), limit: Number(limit) };
    }
    case 'travel': {
      const [, minutes, version] = /^(-?\d+)@(\S+)$/.exec(value) ?? [];
      return version === undefined ? asWritten : { code, minutes: Number(minutes), version };
    }
    case 'forced': {
      const rule = HARD_RULES.find((one) => one === value);
      return rule === undefined ? asWritten : { code, rule };
    }
    case 'earliest':
    case 'by-hand':
    case 'reassigned':
    case 'agreed-slot':
      return text === code ? { code } : asWritten;
    default:
      return asWritten;
  }
};
