import type { Texts } from '../../texts/catalogue.ts';

type Words = Texts['demo'];

/** One thing that happens in an act: words, a passing of time, or a command with the exit code it should have. */
export type Beat =
  | { readonly says: string }
  | { readonly until: string }
  | { readonly line: string; readonly exit?: readonly number[] };

/** What an order should have come to. */
export type Ending = { readonly orderId: string; readonly stage: 'completed' | 'returned' | 'cancelled' };

export type Act = {
  readonly title: string;
  readonly beats: readonly Beat[];
  readonly endings: readonly Ending[];
};

/** Days of one week at the operator's (UTC+9), in the order in which the play goes through them. */
const TUESDAY_10 = '2026-11-24T01:00:00.000Z';
const WEDNESDAY_10 = '2026-11-25T01:00:00.000Z';
const THURSDAY_10 = '2026-11-26T01:00:00.000Z';
const THURSDAY_11 = '2026-11-26T02:00:00.000Z';
const THURSDAY_23 = '2026-11-26T14:00:00.000Z';
const FRIDAY_07 = '2026-11-26T22:00:00.000Z';
const FRIDAY_10 = '2026-11-27T01:00:00.000Z';
const SATURDAY_10 = '2026-11-28T01:00:00.000Z';

const idOf = (n: number): string => `ORD-${String(n).padStart(6, '0')}`;

const complete = (t: Words, n: number): Act => ({
  title: t.act1,
  beats: [
    { until: TUESDAY_10 },
    { says: t.takes },
    {
      line: 'oss order new --name "김하늘" --phone 010-2345-6789 --address "서울특별시 강남구 역삼로 12, 101동 1502호" --internet 1 --tv 1',
    },
    { says: t.phones },
    { line: `oss schedule assign ${n} --at "tomorrow 10:00"` },
    { says: t.visits },
    { until: WEDNESDAY_10 },
    { line: `oss field start ${n}` },
    {
      line: `oss field complete ${n} --ont ONT-7F3A9C21 --rx -18.5 --stb STB-55020117 --signed-by "김하늘"`,
    },
    { line: `oss status ${n}` },
  ],
  endings: [{ orderId: idOf(n), stage: 'completed' }],
});

const giveBack = (t: Words, n: number): Act => ({
  title: t.act2,
  beats: [
    { until: WEDNESDAY_10 },
    {
      line: 'oss order new --name "이도윤" --phone 010-3456-7890 --address "서울특별시 강남구 테헤란로 152, 7층" --internet 1',
    },
    { line: `oss schedule assign ${n} --at "tomorrow 10:00"` },
    { says: t.cannot },
    { until: THURSDAY_10 },
    { line: `oss field return ${n} --code NO_FACILITY --note "no duct into the building" -y` },
    { line: `oss status ${n}` },
  ],
  endings: [{ orderId: idOf(n), stage: 'returned' }],
});

const cancel = (t: Words, n: number): Act => ({
  title: t.act3,
  beats: [
    { until: THURSDAY_10 },
    {
      line: 'oss order new --name "박서연" --phone 010-4567-8901 --address "서울특별시 마포구 월드컵로 3, 202호" --internet 2 --tv 1',
    },
    { line: `oss schedule assign ${n} --at "tomorrow 14:00"` },
    { says: t.changesMind },
    { until: THURSDAY_11 },
    { line: `oss order cancel ${n} --code CUSTOMER_CHANGED_MIND -y` },
    { line: `oss status ${n}` },
  ],
  endings: [{ orderId: idOf(n), stage: 'cancelled' }],
});

const night = (t: Words, n: number): Act => ({
  title: t.act4,
  beats: [
    { until: THURSDAY_23 },
    { says: t.night },
    {
      line: 'OSS_SIMULATE_FAULTS=refuse@ne oss order new --name "최민준" --phone 010-5678-9012 --address "서울특별시 마포구 양화로 45, 3층" --internet 1 --tv 2',
    },
    { line: 'OSS_SIMULATE_FAULTS=refuse@ne oss worker --drain --wait 5s', exit: [75] },
    { line: 'oss breaker list' },
    { says: t.morning },
    { until: FRIDAY_07 },
    {
      line: 'OSS_SIMULATE_FAULTS="reset-after:1@POST /service internet.hsi" oss worker --drain --wait 20s',
    },
    { says: t.lookedUp },
    { line: `oss events ${n}` },
    { until: FRIDAY_10 },
    { line: `oss schedule assign ${n} --at "tomorrow 10:00"` },
    { until: SATURDAY_10 },
    {
      line: `oss field complete ${n} --ont ONT-7F3A9C22 --rx -20.1 --stb STB-55020118,STB-55020119 --signed-by "최민준"`,
    },
  ],
  endings: [{ orderId: idOf(n), stage: 'completed' }],
});

const PLAY = [complete, giveBack, cancel, night] as const;

/** The whole play, or one act of it. Order ids are the first ones of a new database. */
export const acts = (
  t: Words,
  only: number | undefined,
): readonly { readonly act: Act; readonly number: number }[] =>
  PLAY.map((make, i) => ({ make, number: i + 1 }))
    .filter(({ number }) => only === undefined || number === only)
    .map(({ make, number }, i) => ({ act: make(t, i + 1), number }));

/** Once, before the first act. */
export const PROLOGUE: readonly Beat[] = [
  { until: TUESDAY_10 },
  { line: 'oss technician import technicians.csv' },
];

/** After the last: nothing in the network that no order wants, and no event that was touched. */
export const EPILOGUE: readonly Beat[] = [{ line: 'oss ne reconcile' }, { line: 'oss db verify' }];

/** Technicians of the play, as `technician import` reads them. */
export const TECHNICIANS = [
  'id,name,phone,skills,areas,hours,daysOff,dailyLimit',
  'T-01,이준호,010-9764-2471,internet|tv,강남구,Mon-Sat 09:00-18:00,,5',
  'T-02,박서진,010-4995-9548,internet|tv,마포구,Mon-Sat 09:00-18:00,,5',
  '',
].join('\n');
