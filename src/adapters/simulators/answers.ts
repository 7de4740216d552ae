import { Refusal } from '../../core/rules/refusal.ts';
import { pick } from './chance.ts';

/** What a simulated customer says on the phone. */
export const CUSTOMER_ANSWERS = [
  'agreed',
  'other-slot',
  'no-answer',
  'busy',
  'callback',
  'refused',
  'wrong-number',
] as const;

export type CustomerAnswer = (typeof CUSTOMER_ANSWERS)[number];

/** Relative weights, whole numbers; what is missing never happens. */
export type AnswerMix = Readonly<Partial<Record<CustomerAnswer, number>>>;

/** Everybody agrees to the offered slot. */
export const EVERYBODY_AGREES: AnswerMix = { agreed: 1 };

export const isCustomerAnswer = (text: string): text is CustomerAnswer =>
  CUSTOMER_ANSWERS.some((answer) => answer === text);

/** Reads `agreed=70,no-answer=20`. Throws Refusal BAD_VALUE naming `flag`. */
export const parseAnswers = (text: string, flag = 'simulate.answers'): AnswerMix => {
  const refuse = (): never => {
    throw new Refusal('BAD_VALUE', {
      flag,
      value: text,
      expected: { code: 'ANSWERS', answers: CUSTOMER_ANSWERS },
    });
  };
  const mix: Partial<Record<CustomerAnswer, number>> = {};
  for (const part of text.split(',')) {
    const [, name = '', weight = ''] = /^\s*([a-z-]+)\s*=\s*(\d{1,6})\s*$/.exec(part) ?? [];
    if (!isCustomerAnswer(name) || mix[name] !== undefined) return refuse();
    mix[name] = Number(weight);
  }
  return Object.values(mix).some((weight) => weight > 0) ? mix : refuse();
};

/** The answer of one call: the same seed and call key always get the same one. */
export const answerFor = (mix: AnswerMix, seed: number, callKey: string): CustomerAnswer => {
  const total = CUSTOMER_ANSWERS.reduce((sum, answer) => sum + (mix[answer] ?? 0), 0);
  let left = pick(total, 'answer', seed, callKey);
  for (const answer of CUSTOMER_ANSWERS) {
    left -= mix[answer] ?? 0;
    if (left < 0) return answer;
  }
  return 'agreed';
};
