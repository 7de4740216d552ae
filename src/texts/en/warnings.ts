import type { WarningValues } from '../../core/codes/warning.ts';
import type { CodedWords } from '../coded.ts';

export const warnings: CodedWords<WarningValues> = {
  BREAKER_DAMAGED: ({ name, fields }) => `breaker ${name}: its row is damaged (${fields}), starting closed`,
  BREAKER_NOT_WRITTEN: ({ name, error }) => `breaker ${name}: not written: ${error}`,
  PEERS_MIXED: ({ peer, by }) =>
    `${peer.toUpperCase()} answers as ${by === 'real' ? 'a real peer' : 'a simulator'}, and it or the other peer did not: see "doctor"`,
  PROXY_UNUSED: ({ peer, variable }) =>
    `${variable} is set and not used: ${peer.toUpperCase()} is asked directly; NO_PROXY with its host says that this is right`,
  ANSWERER_NOT_NOTED: ({ peer, error }) =>
    `${peer.toUpperCase()}: not noted whether it is a simulator: ${error}`,
};
