import type { RefusalTexts } from '../wording.ts';

type Codes = 'BATCH_NOT_FOUND' | 'BATCH_HELD' | 'AFTER_FAILED' | 'ORDER_KEY_UNKNOWN';

/** `host~mark/pid/start` in words. */
const processText = (owner: string): string => {
  const [host = '', pid = ''] = owner.split('/');
  return `process ${pid} on ${host.replace(/~.*/, '')}`;
};

export const batchRefusals: Pick<RefusalTexts, Codes> = {
  BATCH_NOT_FOUND: ({ batchId }) => ({ what: `there is no batch ${batchId}`, next: '$oss batch list' }),
  BATCH_HELD: ({ batchId, file, owner }) => ({
    what: `the batch ${batchId} is running already`,
    why: `${processText(owner)} runs ${file}`,
    next: `$oss batch show ${batchId}`,
  }),
  AFTER_FAILED: ({ after }) => ({ what: `the row with the key ${after}, which comes first, failed` }),
  ORDER_KEY_UNKNOWN: ({ orderKey }) => ({
    what: `no order was placed with the key ${orderKey}`,
    next: '$oss order list',
  }),
};
