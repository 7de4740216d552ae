import { isDate } from './iso.ts';
import { parseDay } from './parse-day.ts';
import { MINUTE_MS } from './units.ts';
import { addDays, dayNumber, fromLocal, toLocal } from './zone.ts';

/** gap: the clocks skip that time. no-such-date: e.g. 30 February. no-time: a day without a time of day. */
export type TimeFault = 'unreadable' | 'gap' | 'no-such-date' | 'no-time';
export type ParsedTime =
  | { readonly ok: true; readonly at: number }
  | { readonly ok: false; readonly why: TimeFault };

export type DateFault = 'unreadable' | 'no-such-date' | 'reversed';
/** Both ends are included; one date is a range of one day. */
export type ParsedDates =
  | { readonly ok: true; readonly from: string; readonly to: string }
  | { readonly ok: false; readonly why: DateFault };

const UNIT_MS = {
  ms: 1,
  s: 1000,
  m: MINUTE_MS,
  h: 60 * MINUTE_MS,
  d: 1440 * MINUTE_MS,
  w: 10_080 * MINUTE_MS,
};

const no = <W>(why: W): { readonly ok: false; readonly why: W } => ({ ok: false, why });

/** Minutes of the day of a text such as `14:00`, `2pm`, `오후 2시 30분`; null when it is none. */
const parseClock = (text: string): number | null => {
  const match =
    /^(?<half>오전|오후)?\s*(?<hour>\d{1,2})\s*(?::(?<minute>\d{2})|시\s*(?:(?<ko>\d{1,2})\s*분|(?<mid>반))?)$/.exec(
      text,
    ) ?? /^(?<hour>\d{1,2})(?::(?<minute>\d{2}))?\s*(?<half>am|pm)$/.exec(text);
  if (match?.groups === undefined) return null;
  const { half, hour: hours, minute, ko, mid } = match.groups;
  const hour = Number(hours);
  const minutes = mid === undefined ? Number(minute ?? ko ?? 0) : 30;
  if (minutes > 59) return null;
  if (half === undefined) return hour > 23 ? null : hour * 60 + minutes;
  if (hour < 1 || hour > 12) return null;
  return ((hour % 12) + (half === 'pm' || half === '오후' ? 12 : 0)) * 60 + minutes;
};

const local = (date: string, minutes: number, tz: string): ParsedTime => {
  const { at, exact } = fromLocal(date, minutes, tz);
  return exact ? { ok: true, at } : no('gap');
};

const ISO_MOMENT = /^(\d{4}-\d{2}-\d{2})t(\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?(z|[+-]\d{2}:?\d{2})$/;

const isoMoment = (text: string): ParsedTime | null => {
  const match = ISO_MOMENT.exec(text);
  if (match === null) return null;
  const [, date = '', hour, minute, second = '0', zone = 'z'] = match;
  if (!isDate(date)) return no('no-such-date');
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return no('unreadable');
  const offset = /^([+-]\d{2}):?(\d{2})$/.exec(zone);
  const at = Date.parse(
    text.toUpperCase().replace(/[+-]\d{2}:?\d{2}$/, offset === null ? '' : `${offset[1]}:${offset[2]}`),
  );
  return Number.isNaN(at) ? no('unreadable') : { ok: true, at };
};

/** `+2d` and `+1w` keep the local time of day; `+3h`, `+90m` and `+90s` are spans. */
const later = (text: string, now: number, tz: string): ParsedTime | null => {
  const match = /^\+(\d{1,5})(s|m|h|d|w)$/.exec(text);
  if (match === null) return null;
  const n = Number(match[1]);
  const unit = match[2];
  if (unit === 's' || unit === 'm' || unit === 'h') return { ok: true, at: now + n * UNIT_MS[unit] };
  const { date, minutes } = toLocal(now, tz);
  return local(addDays(date, unit === 'w' ? n * 7 : n), minutes, tz);
};

/**
 * A moment as people write it: ISO 8601 (in the operator's zone when it names none), `2026-11-24 14:00`, `14:00` (today),
 * `tomorrow 14:00`, `wed 14:00` (the next one that is not past), `+2d`, `+90m`, and the same in Korean (`내일 오후 2시`).
 * A past moment is read as it is: whether it may be past is the caller's business.
 */
export const parseTime = (text: string, now: number, tz: string): ParsedTime => {
  const input = text.normalize('NFC').trim().toLowerCase();
  const direct = isoMoment(input) ?? later(input, now, tz);
  if (direct !== null) return direct;

  const today = toLocal(now, tz).date;
  const clock = parseClock(input);
  if (clock !== null) return local(today, clock, tz);

  const split = /^(\d{4}-\d{2}-\d{2}|[a-z]+|[가-힣]+)(?:\s+|t(?=\d))(.+)$/.exec(input);
  if (split === null) return dayFault(input, today);
  const [, dayText = '', clockText = ''] = split;
  const day = parseDay(dayText, today);
  const minutes = parseClock(clockText.replace(/^(\d{1,2}:\d{2}):\d{2}(?:\.\d+)?$/, '$1'));
  if (day === null || minutes === null) return no('unreadable');
  if (!isDate(day.date)) return no('no-such-date');
  const read = local(day.date, minutes, tz);
  return read.ok && day.weekly && read.at < now ? local(addDays(day.date, 7), minutes, tz) : read;
};

const dayFault = (input: string, today: string): ParsedTime => {
  const day = parseDay(input, today);
  if (day === null) return no('unreadable');
  return no(isDate(day.date) ? 'no-time' : 'no-such-date');
};

const oneDate = (input: string, today: string): string | DateFault => {
  const ahead = /^\+(\d{1,5})(d|w)$/.exec(input);
  if (ahead !== null) return addDays(today, Number(ahead[1]) * (ahead[2] === 'w' ? 7 : 1));
  const day = parseDay(input, today);
  if (day === null) return 'unreadable';
  return isDate(day.date) ? day.date : 'no-such-date';
};

const isFault = (read: string): read is DateFault => read === 'unreadable' || read === 'no-such-date';

/** A local date (`2026-11-24`, `today`, `내일`, `wed`, `+2d`) or a range `D..D` of them, both ends included. */
export const parseDate = (text: string, now: number, tz: string): ParsedDates => {
  const input = text.normalize('NFC').trim().toLowerCase();
  const today = toLocal(now, tz).date;
  const ends = input.split('..').map((end) => oneDate(end.trim(), today));
  const [from = 'unreadable', to = from] = ends;
  if (ends.length > 2) return no('unreadable');
  if (isFault(from)) return no(from);
  if (isFault(to)) return no(to);
  return dayNumber(from) > dayNumber(to) ? no('reversed') : { ok: true, from, to };
};

/** `90s`, `5m`, `2h`, `1d`, `500ms`, also joined as `1h30m`, in ms; null when it is none. */
export const parseDuration = (text: string): number | null => {
  const input = text.trim().toLowerCase();
  if (!/^(?:\d{1,9}(?:ms|s|m|h|d))+$/.test(input)) return null;
  let total = 0;
  for (const [, n, unit] of input.matchAll(/(\d{1,9})(ms|s|m|h|d)/g)) {
    if (unit === 'ms' || unit === 's' || unit === 'm' || unit === 'h' || unit === 'd') {
      total += Number(n) * UNIT_MS[unit];
    }
  }
  return Number.isSafeInteger(total) ? total : null;
};
