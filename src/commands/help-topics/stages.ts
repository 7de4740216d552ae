import { STAGES } from '../../core/rules/stage.ts';
import type { Texts } from '../../texts/catalogue.ts';
import type { TopicRow } from './topics.ts';

export const stageRows = (t: Texts): readonly TopicRow[] =>
  STAGES.map((stage) => ({
    group: 'stage',
    name: stage,
    meaning: t.help.customerReads(t.stages.stage[stage], t.stages.customer[stage]),
  }));
