import type { Texts } from '../catalogue.ts';
import { ko } from './particles.ts';

export const overview: Texts['overview'] = {
  labels: {
    open: '진행 중',
    stages: '상태별',
    late: '지연',
    held: '보류 사유',
    inDoubt: '확인 필요',
    breakers: '차단기',
    workers: '워커',
    comparison: '네트워크',
  },
  allInTime: '없음',
  late: (hazard, critical) =>
    [
      ...(critical > 0 ? [`! 심한 지연 ${critical}건`] : []),
      ...(hazard > 0 ? [`! 지연 ${hazard}건`] : []),
    ].join(', '),
  inDoubt: (n) => `조회해야 할 서비스가 있는 청약 ${n}건`,
  breakersClosed: '닫힘: 장비와 TM 데스크에 연결됩니다',
  breaker: (peer, state, until, cause) =>
    `${peer} ${state}${until === '' ? '' : ` (${until}까지)`}${cause === null ? '' : `: ${cause}`}`,
  states: { closed: '닫힘', open: '열림', 'half-open': '시험 중' },
  forced: (actor, reason) => `${actor}: ${reason}`,
  noWorker: (program) => `실행 중인 워커가 없습니다. 시작: ${program} worker`,
  workers: (n, jobs, hosts) =>
    `${n}개 실행 중${hosts.length === 0 ? '' : ` (${hosts.map(({ host, workers }) => `${host} ${workers}개`).join(', ')})`}, 청약 ${jobs}건 처리 중`,
  findings: (n, program) => `사람이 확인해야 할 차이 ${n}건: ${program} ne reconcile --last`,
  incomplete: (at) => `${at} 비교에서 일부를 확인하지 못했습니다`,
  noOrders: '진행 중인 청약이 없습니다',
  startWith: '청약 접수',
  callAt: (when) => `통화 ${when}`,
  watchEnded: {
    timeout: (orderId, stage) => `${orderId} 상태: ${stage}; --timeout 시간이 지났습니다`,
    otherwise: (orderId, stage, until) =>
      ko`${orderId}은(는) ${stage}(으)로 끝나 ${until}이(가) 될 수 없습니다`,
  },
};
