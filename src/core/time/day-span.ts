/** Minutes of the local day, 0 to 1440. */
export type DaySpan = { readonly from: number; readonly to: number };

const DAY_MINUTES = 24 * 60;

const minutesOf = (time: string): number | null => {
  const [, hours, minutes] = /^([0-9]{1,2}):([0-9]{2})$/.exec(time.trim()) ?? [];
  if (hours === undefined || Number(minutes) > 59) return null;
  const total = Number(hours) * 60 + Number(minutes);
  return total <= DAY_MINUTES ? total : null;
};

/** `09:00-18:00` as minutes of the day, up to `24:00`; the end lies after the start. null: unreadable. */
export const parseDaySpan = (text: string): DaySpan | null => {
  const [from, to, more] = text.split('-').map(minutesOf);
  if (from === undefined || to === undefined || from === null || to === null || more !== undefined)
    return null;
  return from < to ? { from, to } : null;
};

const timeText = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

export const daySpanText = ({ from, to }: DaySpan): string => `${timeText(from)}-${timeText(to)}`;
