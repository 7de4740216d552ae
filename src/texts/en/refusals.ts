import type { RefusalTexts } from '../wording.ts';
import { batchRefusals } from './refusals-batch.ts';
import { faceRefusals } from './refusals-face.ts';
import { fieldRefusals } from './refusals-field.ts';
import { orderRefusals } from './refusals-order.ts';
import { peerRefusals } from './refusals-peer.ts';
import { scheduleRefusals } from './refusals-schedule.ts';
import { settingRefusals } from './refusals-settings.ts';

export const refusals: RefusalTexts = {
  ...orderRefusals,
  ...fieldRefusals,
  ...scheduleRefusals,
  ...peerRefusals,
  ...batchRefusals,
  ...settingRefusals,
  ...faceRefusals,
};
