import type { Texts } from '../catalogue.ts';
import type { SpanUnit } from '../en/report.ts';

const UNITS: Readonly<Record<SpanUnit, string>> = { s: '초', min: '분', h: '시간', d: '일' };

export const report = {
  span: (n, unit) => `${n}${UNITS[unit]}`,
  title: (from, to, tz) => {
    if (from === null && to === null) return `전체 기간 (${tz})`;
    if (from === to) return `${from} (${tz})`;
    return `${from ?? '처음'} ~ ${to ?? '지금'} (${tz})`;
  },
  asOf: (at) => `기준 ${at}`,
  nothing: '이 기간에 접수되거나 끝난 청약이 없습니다',
  columns: {
    figure: '지표',
    orders: '건수',
    trend: '일별',
    n: '대상',
    p50: 'P50',
    p90: 'P90',
    max: '최대',
    rate: '비율',
    share: '',
    reason: '반송 사유',
    stage: '취소 시점',
    open: '진행 중',
    age: '경과 P50',
    oldest: '최장 경과',
    inStage: '단계 체류 P50',
    longest: '최장 체류',
  },
  visits: {
    columns: {
      area: '지역',
      technician: '작업자',
      visits: '방문',
      km: '거리(km)',
      minutes: '이동 시간',
      late: '지연 시작',
      first: '첫 방문 완료',
    },
    areaUnknown: '모름',
    all: '전체',
    nothing: '이 기간에 끝난 방문이 없습니다',
    minutes: (n) => `${n}분`,
    rate: (percent, n, of) => `${percent}% (${of}건 중 ${n}건)`,
    noAreas: '이동 거리는 알 수 없습니다: 가져온 지역이 없습니다',
  },
  spread: (p50, p90, max) => `${p50}, P90 ${p90}, 최대 ${max}`,
  openLine: (n, oldest) => `${n}건, 최장 ${oldest}`,
  placed: '접수',
  completed: '완료',
  returned: '반송',
  cancelled: '취소',
  leadGross: '처리 기간',
  leadNet: '처리 기간(고객 사유 제외)',
  activation: '개통 시간',
  contact: '첫 통화까지',
  firstVisit: '첫 방문 완료율',
  promise: '약속 준수율',
  returnRate: '반송률',
  cancelRate: '취소율',
  noneLate: '현재 지연: 없음',
  late: (orders) => `현재 ${orders}`,
  unreadable: (orderIds) => `읽을 수 없어 뺀 청약: ${orderIds.join(', ')}`,
  orphans: (n) =>
    n === 0 ? 'NE 고아 서비스: 0' : `! NE 고아 서비스: ${n}. 고치려면: oss ne reconcile --fix`,
} satisfies Texts['report'];
