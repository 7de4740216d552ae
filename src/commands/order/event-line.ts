import type { Envelope, EventType } from '../../core/process/events.ts';
import { ms } from '../../core/time/iso.ts';
import { wasEnteredLate } from '../../core/views/entered-late.ts';
import { type TimelineEntry, timelineEntry } from '../../core/views/timeline.ts';
import type { Cell } from '../../faces/cli/terminal/blocks.ts';
import type { Tone } from '../../faces/cli/terminal/colour.ts';
import { reasonText } from '../../texts/choice-reason.ts';
import type { Story, StoryWords } from '../../texts/en/story.ts';
import type { View } from '../framework/print/view.ts';
import { causeText, dayAndTime, whatText } from './words.ts';

/** On a terminal that is narrower the names of the events are left out, and where they are no words of the reader's language. */
const NAMES_FROM = 100;
const NAME_WIDTH = 20;

const GOOD: readonly EventType[] = ['ActivationCompleted', 'Scheduled', 'FieldWorkCompleted'];
const BAD: readonly EventType[] = ['OrderHeld', 'ServiceRejected', 'RevertRejected', 'FieldWorkFailed'];
const WARN: readonly EventType[] = [
  'ServiceInDoubt',
  'OrderCancelled',
  'VisitNotDone',
  'CallInDoubt',
  'CallNotPlaced',
  'MoveRejected',
];
const INTENTS: readonly EventType[] = [
  'ServiceRequested',
  'RevertRequested',
  'CallRequested',
  'MoveRequested',
];

type Mark = { readonly sign: string; readonly tone: Tone };

/** The sign says what the colour says. */
const markOf = (type: EventType): Mark => {
  if (GOOD.includes(type)) return { sign: '✓', tone: 'good' };
  if (BAD.includes(type)) return { sign: '✗', tone: 'bad' };
  if (WARN.includes(type)) return { sign: '!', tone: 'warn' };
  return INTENTS.includes(type) ? { sign: '…', tone: 'dim' } : { sign: '·', tone: 'plain' };
};

const wordsOf = (view: View): StoryWords => {
  const { t } = view;
  const reasons: Readonly<Record<string, string>> = {
    ...t.reasons.cancel,
    ...t.reasons.return,
    ...t.reasons.revisit,
    ...t.orders.callOutcomes,
  };
  const stages: Readonly<Record<string, string>> = t.stages.stage;
  return {
    time: view.clock,
    slot: ({ start, end }) => `${dayAndTime(start, view)}-${view.clock(end).slice(-5)}`,
    lines: t.orders.lines,
    stage: (stage) => stages[stage] ?? stage,
    step: (step) => whatText(step, view),
    cause: (cause) => causeText(cause, t),
    code: (code) => reasons[code] ?? code,
    reason: (code) => reasonText(code, t),
  };
};

/** The sentence of an entry. Each sentence takes the values of its own type of event, which the entry has. */
const sentenceOf = (story: Story, { title, values }: TimelineEntry, words: StoryWords): string =>
  (story[title] as (values: TimelineEntry['values'], words: StoryWords) => string)(values, words);

/** The sentence of one event, without time and actor. */
export const eventText = (event: Envelope, view: View): string =>
  sentenceOf(view.t.story.sentences, timelineEntry(event), wordsOf(view));

/**
 * `2026-11-24 14:00:05  ✓ Scheduled  visit agreed: … (cs:kim)`; `named` puts the order's id in front, for lines of
 * several orders.
 */
export const eventLine = (event: Envelope, view: View, { named }: { readonly named: boolean }): Cell => {
  const { sign, tone } = markOf(event.type);
  const seconds = new Date(ms(event.at)).toISOString().slice(16, 19);
  const name = view.width < NAMES_FROM || view.lang !== 'en' ? '' : `${event.type.padEnd(NAME_WIDTH)} `;
  const head = `${view.clock(event.at)}${seconds}  ${named ? `${event.orderId}  ` : ''}`;
  const late = wasEnteredLate(event) ? `, ${view.t.field.enteredLate}` : '';
  return { text: `${head}${sign} ${name}${eventText(event, view)}${late} (${event.actor})`, tone };
};
