import { expect, test } from 'vitest';
import { firstPace, type Pace, paceNote } from '../../core/app/engine/pace.ts';
import type { PaceWhy } from '../../core/codes/pace-note.ts';
import { inWords } from '../coded.ts';
import { worker } from './worker.ts';

const pace = (why: PaceWhy): Pace => ({ ...firstPace({ least: 1, most: 8 }), why, rate: 110.4, stepMs: 63 });

const EVERY: Readonly<Record<PaceWhy, string>> = {
  begin: '시작',
  growing: '늘리는 중',
  flat: '늘려도 빨라지지 않음',
  slow: '느려짐',
  errors: '실패가 많음',
  idle: '일이 적음',
  steady: '유지',
};

test('every decision of a worker has its words', () => {
  for (const [why, words] of Object.entries(EVERY) as [PaceWhy, string][]) {
    expect(inWords(worker.decisions, paceNote(pace(why)))).toBe(
      `자동: 동시 4 (${words}), 초당 110단계, 단계당 63 ms`,
    );
  }
  expect(inWords(worker.decisions, { code: 'AS_WRITTEN', text: 'auto' })).toBe('auto');
});
