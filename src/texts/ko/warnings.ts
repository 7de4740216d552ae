import type { WarningValues } from '../../core/codes/warning.ts';
import type { CodedWords } from '../coded.ts';
import { ko } from './particles.ts';

export const warnings: CodedWords<WarningValues> = {
  BREAKER_DAMAGED: ({ name, fields }) => `차단기 ${name}: 기록이 손상되어(${fields}) 닫힌 상태로 시작합니다`,
  BREAKER_NOT_WRITTEN: ({ name, error }) => `차단기 ${name}: 기록하지 못했습니다: ${error}`,
  PEERS_MIXED: ({ peer, by }) =>
    ko`${peer.toUpperCase()}이(가) ${by === 'real' ? '실제 시스템' : '모의 시스템'}으로 응답했는데, 다른 쪽이나 이전 응답은 그렇지 않았습니다: "oss doctor"로 확인하세요`,
  PROXY_UNUSED: ({ peer, variable }) =>
    ko`${variable}이(가) 설정되어 있지만 쓰지 않고 ${peer.toUpperCase()}에 직접 연결합니다; 그것이 맞으면 NO_PROXY에 그 호스트를 적으세요`,
  ANSWERER_NOT_NOTED: ({ peer, error }) =>
    `${peer.toUpperCase()}: 모의 시스템인지 기록하지 못했습니다: ${error}`,
};
