import { inWords } from '../coded.ts';
import type { RefusalTexts } from '../wording.ts';
import { example } from './example.ts';
import { expected } from './expected.ts';
import { ko } from './particles.ts';
import { usageFaults } from './usage-faults.ts';

export const orderRefusals = {
  USAGE: (detail) => ({ what: inWords(usageFaults, detail.fault), ...example(detail.example) }),
  NOT_UTF8: ({ what }) => ({
    what: `${typeof what === 'number' ? `${what}번째 단어` : what}: UTF-8 글자가 아닙니다`,
    why: 'UTF-8로 읽을 수 없는 바이트입니다. EUC-KR(CP949) 터미널이나 스크립트가 이렇게 보냅니다',
    next: '터미널을 UTF-8로 바꾸거나(LANG=ko_KR.UTF-8) 스크립트를 변환하세요: iconv -f cp949 -t utf-8',
  }),
  TOO_FEW_INTERNET: ({ internet, min }) => ({
    what: `인터넷 ${internet}회선은 너무 적습니다`,
    why: `설정 orders.minInternetCount: ${min}`,
    next: `--internet ${min} 이상으로 하세요`,
  }),
  TOO_MANY_LINES: ({ lines, max }) => ({
    what: `한 청약에 ${lines}회선은 너무 많습니다`,
    why: `설정 orders.maxLines: ${max}`,
    next: '여러 청약으로 나누세요',
  }),
  BAD_CONTACT: ({ field }) => ({
    what: {
      name: '이름으로 쓸 수 없는 값입니다',
      phone: '전화번호로 쓸 수 없는 값입니다',
      address: '주소로 쓸 수 없는 값입니다',
    }[field],
    why: { name: expected.name, phone: expected.phone, address: expected.text(200) }[field],
  }),
  CUSTOMER_NOT_FOUND: ({ customerId }) => ({
    what: ko`고객 ${customerId}이(가) 없습니다`,
    next: '고객의 청약은 $oss order list --text 이름 으로 찾습니다',
  }),
  AREA_UNKNOWN: ({ address, candidates }) => ({
    what: `주소의 지역이 분명하지 않습니다: ${address}`,
    why: candidates.length === 0 ? '주소에 아는 지역이 없습니다' : `가능한 지역: ${candidates.join(', ')}`,
    next: candidates.length === 0 ? '--area로 알려 주세요' : `--area "${candidates[0] ?? ''}"를 더하세요`,
  }),
  AREA_FIXED: ({ orderId, from, to }) => ({
    what: ko`${orderId}은(는) ${from}에서 ${to}(으)로 옮길 수 없습니다`,
    why: '그 지역의 장비 작업이 시작되었습니다',
    next: `취소하고 새로 접수하세요: $oss order cancel ${orderId} --code OTHER --note "이사"`,
  }),
  VISIT_TOO_SHORT: ({ orderId, minutes, needed }) => ({
    what: `${orderId}의 확정된 방문은 이 회선 수에 너무 짧습니다`,
    why: `${minutes}분인데 ${needed}분이 필요합니다`,
    next: `고객에게 묻고 먼저 방문을 옮기세요: $oss schedule move ${orderId} --minutes ${needed} --agreed --code ADDITIONAL_WORK`,
  }),
  VISIT_SKILL: ({ orderId, technicianId, skills }) => ({
    what: ko`${orderId}에 갈 ${technicianId}은(는) 이 일을 할 수 없습니다`,
    why: `필요한 기술: ${skills.join(', ')}`,
    next: `할 수 있는 작업자에게 맡기세요: $oss schedule move ${orderId} --technician 번호 --code SKILL_MISMATCH`,
  }),
  NOTHING_TO_UNASSIGN: ({ orderId }) => ({
    what: `${orderId}에 가배정된 시간이 없습니다`,
    next: `$oss order show ${orderId}`,
  }),
} satisfies Partial<RefusalTexts>;
