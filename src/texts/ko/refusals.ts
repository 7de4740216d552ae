import { asActor } from '../../core/rules/account-roles.ts';
import { inWords } from '../coded.ts';
import { flagName } from '../command-words.ts';
import type { RefusalTexts } from '../wording.ts';
import { causeWords } from './causes.ts';
import { example } from './example.ts';
import { expectations } from './expectations.ts';
import { stepWords } from './fallout.ts';
import { evidenceWords, field } from './field.ts';
import { found as foundWords } from './found.ts';
import { ko } from './particles.ts';
import { orderRefusals } from './refusals-order.ts';
import { peerRefusals } from './refusals-peer.ts';
import { scheduleRefusals } from './refusals-schedule.ts';
import { settingRefusals } from './refusals-settings.ts';
import { stages } from './stages.ts';
import { needs } from './usage-faults.ts';

const stageText = stages.stage;

/** The events that end an order. */
const FINAL: Readonly<Record<string, string>> = {
  OrderCancelled: '취소',
  FieldWorkFailed: '반송',
  FieldWorkCompleted: '완료',
};

export const refusals: RefusalTexts = {
  ...orderRefusals,
  ...scheduleRefusals,
  ...peerRefusals,
  ...settingRefusals,
  ORDER_NOT_FOUND: ({ orderId }) => ({ what: ko`청약 ${orderId}이(가) 없습니다`, next: '$oss order list' }),
  MYPAGE_NOT_FOUND: () => ({
    what: '이 번호와 전화번호 끝자리에 맞는 청약이 없습니다',
    next: '청약 번호와 전화번호를 다시 확인하세요',
  }),
  ORDER_CLOSED: ({ orderId, stage }) => ({
    what: ko`${orderId}은(는) 종료되었습니다`,
    why: `상태: ${stageText[stage]}`,
    next: `$oss order show ${orderId} --history`,
  }),
  ILLEGAL_IN_STAGE: ({ orderId, command, stage, allowed }) => ({
    what: ko`지금은 ${orderId}에 "${command}"을(를) 할 수 없습니다`,
    why: `상태: ${stageText[stage]}; 가능한 상태: ${allowed?.map((one) => stageText[one]).join(', ') ?? '현장 작업 전'}`,
    next: `$oss order show ${orderId}`,
  }),
  ALREADY_FINAL: ({ orderId, command, intent, at }) => ({
    what: ko`${orderId}에는 더 이상 "${command}"을(를) 할 수 없습니다`,
    why: ko`${at}에 ${FINAL[intent] ?? intent}이(가) 기록되었습니다`,
    next: `$oss order show ${orderId} --history`,
  }),
  STALE_VERSION: ({ orderId, expected, actual }) => ({
    what: ko`그사이 ${orderId}이(가) 바뀌었습니다`,
    why: `현재 버전 ${actual}, 요청한 버전 ${expected}`,
    next: `$oss order show ${orderId}`,
  }),
  KEY_CONFLICT: ({ key, orderId }) => ({
    what: ko`키 ${key}은(는) 다른 내용으로 이미 쓰였습니다`,
    why: `${orderId}에 쓰였습니다`,
    next: '다른 --key를 쓰세요',
  }),
  EXTERNAL_ID_TAKEN: ({ externalId, orderId }) => ({
    what: ko`외부 번호 ${externalId}은(는) 이미 다른 청약의 번호입니다`,
    why: ko`${orderId}이(가) 같은 번호로, 다른 내용으로 접수되어 있습니다`,
    next: `$oss order show ${orderId}`,
  }),
  CANCEL_TASK_NOT_FOUND: ({ taskId }) => ({ what: `취소 요청 ${taskId}: 그런 번호가 없습니다` }),
  BAD_FIELD: ({ field, expected: wanted }) => ({
    what: `${field}: 이 값은 받을 수 없습니다`,
    why: `필요한 값: ${inWords(expectations, wanted)}`,
  }),
  KEY_ERASED: ({ key, orderId }) => ({
    what: ko`키 ${key}은(는) 이미 쓰였고, 그 고객은 그 뒤에 삭제되었습니다`,
    why: `${orderId}에 쓰였습니다. 어떤 내용이었는지 더는 알 수 없어 아무것도 하지 않았습니다`,
    next: `$oss order show ${orderId}, 새로 접수하려면 다른 --key를 쓰세요`,
  }),
  KEY_PERSONAL: () => ({
    what: '키에 고객의 이름이나 전화번호가 들어 있습니다',
    why: '키는 이름과 전화번호를 지운 뒤에도 기록에 영구히 남습니다',
    next: '--key에는 이름이나 전화번호 대신 웹 주문 번호 같은 값을 쓰세요',
  }),
  REASON_PERSONAL: ({ customerId }) => ({
    what: `사유에 ${customerId} 고객의 이름이나 주소, 또는 전화번호가 들어 있습니다`,
    why: '사유는 개인정보를 지운 뒤에도 감사 기록에 남습니다',
    next: '--reason에는 요청 번호를 적으세요',
  }),
  ERASURE_PENDING: ({ customerId }) => ({
    what: ko`${customerId}은(는) 삭제되었지만 데이터베이스 파일에 아직 내용이 남아 있습니다`,
    why: '다른 프로세스가 이전 상태를 읽고 있거나 백업을 만들고 있습니다',
    next: `그 작업이 끝나면 다시 하세요: $oss customer erase ${customerId}. 쓰기 명령이 실행될 때도 다시 시도합니다`,
  }),
  DUPLICATE_ORDER: ({ orderId }) => ({
    what: ko`${orderId}와(과) 중복된 청약으로 보입니다`,
    why: '같은 전화번호로 같은 주소에 진행 중인 청약이 있습니다',
    next: `$oss order show ${orderId}, 또는 --duplicate-ok`,
  }),
  CUSTOMER_HAS_ORDERS: ({ customerId, orderIds }) => ({
    what: ko`${customerId}은(는) 지금 지울 수 없습니다`,
    why: `진행 중인 청약에는 연락처와 주소가 필요합니다: ${orderIds.join(', ')}`,
    next: `먼저 완료하거나 취소하세요: $oss order show ${orderIds[0] ?? ''}`,
  }),
  NO_LINES: () => ({
    what: '회선이 없습니다',
    why: '인터넷이나 TV 회선이 하나 이상 필요합니다',
    next: '--internet 또는 --tv를 1 이상으로 하세요',
  }),
  NO_VISIT: ({ orderId, stage }) => ({
    what: `${orderId}에는 확정된 방문이 없습니다`,
    why: `상태: ${stageText[stage]}`,
    next: `$oss schedule assign ${orderId}`,
  }),
  EVIDENCE_MISSING: ({ orderId, missing, meant }) => ({
    what: `${orderId}의 완료 증빙이 부족합니다: ${missing.map((fault) => inWords(field.faults, fault)).join('; ')}`,
    why: 'ONT 일련번호, 광수신 레벨(-27 ~ -8 dBm), TV 회선마다 STB 일련번호, 서명자가 필요합니다',
    next: meant === null ? '부족한 것을 넣고 다시 완료하세요' : `--rx ${meant}인가요?`,
  }),
  NETWORK_NOT_AS_WANTED: ({ orderId, services }) => ({
    what: ko`아직 ${orderId}을(를) 완료할 수 없습니다`,
    why: `장비 상태가 청약과 다릅니다: ${services.join(', ')}`,
    next: `$oss order show ${orderId}; 망 운용: $oss fallout list`,
  }),
  NO_CURRENT_VISIT: ({ actor }) => ({
    what: `${actor}의 방문이 없습니다`,
    next: '청약 번호를 쓰거나 방문 목록을 보세요: $oss field today',
  }),
  OTHER_VISIT: ({ orderId, visit, current }) => ({
    what: `${orderId}의 ${visit}차 방문은 진행 중인 방문이 아닙니다`,
    why: `지금은 ${current}차입니다`,
    next: `$oss field show ${orderId}`,
  }),
  OTHER_RESULT: ({ orderId, at, differs }) => ({
    what: ko`${orderId}은(는) 다른 결과로 이미 완료되었습니다`,
    why: `${at} 완료${differs.length === 0 ? '' : `; 다른 항목: ${differs.map(evidenceWords).join(', ')}`}`,
    next: `잘못 입력했다면: $oss field correct ${orderId}`,
  }),
  OCCURRED_AT_RANGE: ({ at, earliest }) => ({
    what: ko`${at}은(는) 쓸 수 없습니다`,
    why: `--at은 방문일인 ${earliest} 이후여야 하고 미래일 수 없습니다`,
    next: '지금 일어난 일이면 --at을 빼세요',
  }),
  LATE_ENTRY: ({ orderId, at, hours }) => ({
    what: `${orderId}의 ${at} 결과를 ${hours}시간이 넘어 입력합니다`,
    why: '-y를 더하면 늦게 입력된 것으로 표시하여 기록합니다',
    next: '시각이 맞으면 -y를 더하세요',
  }),
  HOLD_NOT_FOUND: ({ orderId, hold, holds }) => ({
    what:
      hold === ''
        ? ko`${orderId}은(는) 보류 상태가 아닙니다`
        : `${orderId}에 그런 보류가 없습니다: ${stepWords(hold)}`,
    why: holds.length === 0 ? '보류가 없습니다' : `보류: ${holds.map(stepWords).join(', ')}`,
    next: `$oss fallout show ${orderId}`,
  }),
  NOT_VERIFIED: ({ orderId, service, found }) => ({
    what: ko`${orderId}의 ${service}이(가) 처리했다는 내용과 다릅니다`,
    why: `장비의 답: ${inWords(foundWords, found)}`,
    next: `$oss fallout show ${orderId}`,
  }),
  UNKNOWN_CODE: ({ code, codes, suggestion }) => ({
    what: ko`코드 ${code}이(가) 없습니다${suggestion === null ? '' : `; ${suggestion}인가요?`}`,
    why: `코드: ${codes.join(', ')}`,
    next: '$oss help reason-codes',
  }),
  WRONG_COLUMN: ({ code, command, instead }) => ({
    what: ko`${code}은(는) "${command}"의 코드가 아닙니다`,
    why: `"${instead}"의 코드입니다`,
    next: `$oss ${instead} --code ${code}`,
  }),
  TEXT_REQUIRED: ({ code }) => ({
    what: `코드 ${code}에는 사유가 필요합니다`,
    next: '--note "사유"를 넣으세요',
  }),
  PEER_UNAVAILABLE: ({ peer, cause }) => ({
    what: ko`지금 ${peer}을(를) 쓸 수 없습니다`,
    why: causeWords(cause),
    next: '잃은 것은 없습니다. 이어서 하기: $oss worker',
  }),
  DATABASE_MISSING: ({ database }) => ({
    what: ko`데이터베이스 ${database}이(가) 없습니다`,
    next: `$oss db init --db ${database}`,
  }),
  MISSING_FLAGS: ({ command, needs: lacking, example: line }) => ({
    what: ko`"${command}"에 ${lacking.map((need) => inWords(needs, need)).join(', ')}이(가) 필요합니다`,
    ...example(line),
  }),
  BAD_VALUE: ({ flag, value, expected }) => ({
    what:
      value === ''
        ? ko`${flagName(flag)}이(가) 비어 있습니다`
        : ko`${flagName(flag)}에 "${value.slice(0, 60)}"은(는) 쓸 수 없습니다`,
    why: `필요한 값: ${inWords(expectations, expected)}`,
  }),
  DENIED: ({ actor, command, roles, whose }) => ({
    what: ko`${actor}은(는) "${command}"을(를) 할 수 없습니다`,
    why:
      whose === null
        ? `${roles.join(', ')}만 할 수 있습니다`
        : `${whose}의 방문입니다. 작업자는 자기 방문만 보고할 수 있습니다`,
    next: '$oss whoami',
  }),
  NOT_YOUR_ROLE: ({ actor, account, grants }) => ({
    what: ko`계정 ${account}은(는) ${actor}(으)로 일할 수 없습니다`,
    why:
      grants.length === 0
        ? 'access.roles에 이 계정의 역할이 없습니다'
        : `access.roles에서 이 계정에 준 역할: ${grants.join(', ')}`,
    next:
      grants.length === 0
        ? '관리자에게 역할을 요청하세요: $oss config set access.roles …'
        : `--actor와 OSS_ACTOR를 빼거나 받은 역할을 쓰세요: --actor ${asActor(grants[0] ?? '', account)}`,
  }),
  TOKEN_NOT_FOUND: ({ tokenId }) => ({
    what: ko`토큰 ${tokenId}이(가) 없습니다`,
    next: '$oss access token list',
  }),
  NOT_IN_CLEAR: ({ role, roles }) => ({
    what: ko`역할 ${role}은(는) 개인정보를 볼 수 없습니다`,
    why: `볼 수 있는 역할: ${roles.join(', ')}`,
    next: '--pii를 빼거나 다른 역할을 쓰세요',
  }),
  NO_SUCH_ACTOR: ({ actor, technicianId }) => ({
    what: ko`${actor}(으)로는 아무 작업도 할 수 없습니다`,
    why: ko`작업자 ${technicianId}이(가) 없습니다`,
    next: '$oss technician list --actor supervisor:이름',
  }),
  BATCH_NOT_FOUND: ({ batchId }) => ({
    what: ko`일괄 작업 ${batchId}이(가) 없습니다`,
    next: '$oss batch list',
  }),
  BATCH_HELD: ({ batchId, file, owner }) => ({
    what: ko`일괄 작업 ${batchId}은(는) 이미 실행 중입니다`,
    why: ko`프로세스 ${owner.split('/')[1] ?? ''} (${(owner.split('/')[0] ?? '').replace(/~.*/, '')})이(가) ${file}을(를) 실행하고 있습니다`,
    next: `$oss batch show ${batchId}`,
  }),
  AFTER_FAILED: ({ after }) => ({ what: `먼저 되어야 할 행(키 ${after})이 실패했습니다` }),
  ORDER_KEY_UNKNOWN: ({ orderKey }) => ({
    what: ko`키 ${orderKey}(으)로 접수된 청약이 없습니다`,
    next: '$oss order list',
  }),
};
