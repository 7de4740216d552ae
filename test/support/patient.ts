/**
 * Settings for commands that are expected to come to their end by themselves: as long as their peers answer, a machine
 * that is slow or stands still for seconds changes nothing. Who waits for a time-out needs shorter ones.
 */
export const PATIENT: Readonly<Record<string, string>> = {
  OSS_INLINE_MAX_MS: '60000',
  OSS_NE_TIMEOUT_MS: '30000',
  OSS_NE_WINDOW_MS: '30000',
  OSS_TM_TIMEOUT_MS: '30000',
  OSS_TM_WINDOW_MS: '30000',
};
