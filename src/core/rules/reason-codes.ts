/** Whose doing it was that a visit failed. */
export type Fault = 'customer' | 'operator' | 'network' | 'none';

/** Where a revisit leads. */
export type RevisitTo = 'tm-queue' | 'held' | 'customer-pending';

type RevisitRow = {
  readonly fault: Fault;
  readonly to: RevisitTo;
  readonly counts: boolean;
  readonly en: string;
  readonly ko: string;
};
type ReturnRow = {
  readonly fault: Fault;
  readonly counts: true;
  readonly textRequired?: true;
  readonly en: string;
  readonly ko: string;
};
type CancelRow = { readonly textRequired?: true; readonly en: string; readonly ko: string };

/** The visit failed but another one makes sense. */
export const REVISIT_CODES = {
  NO_ACCESS: {
    fault: 'customer',
    to: 'tm-queue',
    counts: true,
    en: 'nobody opened, no access',
    ko: '부재·출입 불가',
  },
  CUSTOMER_RESCHEDULE: {
    fault: 'customer',
    to: 'tm-queue',
    counts: true,
    en: 'the customer asked for another time',
    ko: '고객 일정 변경 요청',
  },
  CUSTOMER_NOT_READY: {
    fault: 'customer',
    to: 'tm-queue',
    counts: true,
    en: 'the customer was not ready',
    ko: '고객 준비 미흡',
  },
  TECHNICIAN_UNAVAILABLE: {
    fault: 'operator',
    to: 'tm-queue',
    counts: false,
    en: 'the technician could not come',
    ko: '작업자 사정',
  },
  CPE_UNAVAILABLE: {
    fault: 'operator',
    to: 'tm-queue',
    counts: false,
    en: 'equipment was not at hand',
    ko: '단말 재고 없음',
  },
  CPE_DEFECTIVE: {
    fault: 'operator',
    to: 'tm-queue',
    counts: false,
    en: 'equipment was defective',
    ko: '단말 불량',
  },
  WEATHER: {
    fault: 'none',
    to: 'tm-queue',
    counts: false,
    en: 'the weather forbade the work',
    ko: '기상 악화',
  },
  SITE_UNSAFE: {
    fault: 'none',
    to: 'tm-queue',
    counts: false,
    en: 'the site was unsafe',
    ko: '현장 안전 문제',
  },
  SKILL_MISMATCH: {
    fault: 'operator',
    to: 'tm-queue',
    counts: false,
    en: 'another skill was needed',
    ko: '작업 기술 불일치',
  },
  ADDITIONAL_WORK: {
    fault: 'operator',
    to: 'tm-queue',
    counts: false,
    en: 'more work is needed first',
    ko: '추가 공사 필요',
  },
  NETWORK_FAULT: { fault: 'network', to: 'held', counts: false, en: 'a fault in the network', ko: '망 장애' },
  LOW_OPTICAL_POWER: {
    fault: 'network',
    to: 'held',
    counts: false,
    en: 'the optical power is too low',
    ko: '광레벨 불량',
  },
  WRONG_ADDRESS: {
    fault: 'operator',
    to: 'customer-pending',
    counts: false,
    en: 'the address is wrong',
    ko: '주소 오류',
  },
  INFORMATION_REQUIRED: {
    fault: 'operator',
    to: 'customer-pending',
    counts: false,
    en: 'information is missing',
    ko: '정보 부족',
  },
} as const satisfies Record<string, RevisitRow>;

/** The order cannot be installed. Final. */
export const RETURN_CODES = {
  NO_FACILITY: { fault: 'network', counts: true, en: 'no facility at the address', ko: '시설 없음' },
  INSTALL_IMPOSSIBLE: { fault: 'none', counts: true, en: 'installation is impossible', ko: '설치 불가' },
  CONSENT_REFUSED: { fault: 'customer', counts: true, en: 'the owner refused consent', ko: '공사 동의 거부' },
  CUSTOMER_CHANGED_MIND: {
    fault: 'customer',
    counts: true,
    en: 'the customer changed their mind',
    ko: '고객 변심',
  },
  DUPLICATE_ORDER: { fault: 'operator', counts: true, en: 'a duplicate of another order', ko: '중복 청약' },
  PROPERTY_UNOCCUPIED: { fault: 'customer', counts: true, en: 'nobody lives there', ko: '공가' },
  OTHER: {
    fault: 'none',
    counts: true,
    textRequired: true,
    en: 'another reason, in words',
    ko: '기타(사유 입력)',
  },
} as const satisfies Record<string, ReturnRow>;

/** Why an order is cancelled before it is completed. */
export const CANCEL_CODES = {
  CUSTOMER_CHANGED_MIND: { en: 'the customer changed their mind', ko: '고객 변심' },
  NO_LONGER_REQUIRED: { en: 'no longer required', ko: '더 이상 필요 없음' },
  DUPLICATE_ORDER: { en: 'a duplicate of another order', ko: '중복 청약' },
  DELIVERY_TOO_LONG: { en: 'it takes too long', ko: '개통 지연' },
  WRONG_PRODUCT: { en: 'the wrong product', ko: '상품 오류' },
  UNREACHABLE: { en: 'the customer cannot be reached', ko: '고객 연락 불가' },
  NETWORK_ISSUE: { en: 'an issue of the network', ko: '망 사정' },
  TEST: { en: 'a test order', ko: '시험 청약' },
  OTHER: { textRequired: true, en: 'another reason, in words', ko: '기타(사유 입력)' },
} as const satisfies Record<string, CancelRow>;

export type RevisitCode = keyof typeof REVISIT_CODES;
export type ReturnCode = keyof typeof RETURN_CODES;
export type CancelCode = keyof typeof CANCEL_CODES;

export const isRevisitCode = (code: string): code is RevisitCode => Object.hasOwn(REVISIT_CODES, code);
export const isReturnCode = (code: string): code is ReturnCode => Object.hasOwn(RETURN_CODES, code);
export const isCancelCode = (code: string): code is CancelCode => Object.hasOwn(CANCEL_CODES, code);
