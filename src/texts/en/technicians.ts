import { count } from './count.ts';

const people = (n: number): string => count(n, 'technician', 'technicians');

export const technicians = {
  columns: {
    technician: 'TECHNICIAN',
    name: 'NAME',
    skills: 'SKILLS',
    areas: 'AREAS',
    hours: 'HOURS',
    today: 'TODAY',
    daysOff: 'DAYS OFF',
    phone: 'PHONE',
    changed: 'CHANGED',
    order: 'ORDER',
    visit: 'VISIT',
    kind: 'KIND',
    area: 'AREA',
    goes: 'WHO GOES NOW',
    limit: 'A DAY',
  },
  empty: 'no technicians are known yet',
  noneFit: 'no technician has that',
  inactive: 'not here any more',
  offToday: 'off',
  load: (visits: number, limit: number): string => `${visits} of ${limit}`,
  cityMissing: (area: string, cities: readonly string[]): string =>
    `! ${area} is the name of a district in ${cities.join(', ')}: nobody is sent there until the file says which, such as ${cities[0] ?? ''} ${area}`,
  upTo: (limit: number): string => `at most ${count(limit, 'visit', 'visits')}`,
  more: (n: number): string => `+${n} more`,
  visits: (days: number): string => `visits of the next ${count(days, 'day', 'days')}`,
  noVisits: 'no visits',
  kinds: { held: 'held', agreed: 'agreed' },
  skills: { internet: 'internet', tv: 'TV' },
  importStatus: { added: 'added', changed: 'changed', already: 'as before' },
  imported: (added: number, changed: number, same: number): string =>
    `${people(added + changed + same)}: ${added} added, ${changed} changed, ${same} as before`,
  fileInvalid: (file: string, errors: number): string =>
    `${file} has ${errors === 1 ? '1 error' : `${errors} errors`}; nothing was changed`,
  fileNext: 'correct the file and import it again',
  fields: {
    name: 'name',
    phone: 'phone',
    skills: 'skills',
    areas: 'areas',
    base: 'base',
    hours: 'hours',
    daysOff: 'days off',
    dailyLimit: 'limit a day',
    active: 'active',
  },
  off: (who: string, dates: string): string => `${who} is off on ${dates}`,
  on: (who: string, dates: string): string => `${who} works on ${dates}`,
  alreadyOff: (who: string, dates: string): string => `${who} was off on ${dates} already`,
  alreadyOn: (who: string, dates: string): string => `${who} works on ${dates} already`,
  nothingToMove: 'no visit stands on those days',
  moveStatus: { moved: 'moved', moving: 'being moved', left: 'left', failed: 'not moved' },
  moveLeft: 'left as it is',
  moveNext: (orderId: string): string =>
    `schedule move ${orderId} --technician ID --code TECHNICIAN_UNAVAILABLE`,
};
