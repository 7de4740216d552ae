import { inWords } from '../coded.ts';
import { insteadOfDone } from '../command-words.ts';
import type { RefusalTexts } from '../wording.ts';
import { causeWords } from './causes.ts';
import { databaseFaults } from './database-faults.ts';
import { db } from './db.ts';
import { stepWords } from './fallout.ts';
import { ko } from './particles.ts';

/** What of a worker hangs. */
const HANGING = {
  orders: '처리할 청약 찾기',
  order: '청약 처리:',
  compare: '장비와 기록의 비교',
  'look-after': '종료된 청약의 확인',
  heads: '하루의 끝점 알림',
};

export const peerRefusals = {
  HOLD_UNCLEAR: ({ orderId, services }) => ({
    what: `${orderId}에는 보류된 서비스가 여럿입니다: ${services.join(', ')}`,
    next: '--service로 어느 것인지 알려 주세요',
  }),
  NOT_BY_HAND: (detail) => ({
    what: `${detail.orderId}의 보류(${stepWords(detail.step)})는 완료로 선언할 수 없습니다`,
    why: '손으로 끝낼 수 있는 것은 장비에서 조회되는 서비스와 방문뿐입니다',
    next: `$oss ${insteadOfDone(detail)}`,
  }),
  STILL_PROVABLE: ({ orderId, service }) => ({
    what: ko`${orderId}의 ${service}은(는) 아직 확인할 수 있어 포기하지 않습니다`,
    why: '보낸 요청이 아직 반영될 수 있고, 그 뒤의 조회로 알 수 있습니다',
    next: `$oss fallout show ${orderId}`,
  }),
  NOT_TO_WAIVE: ({ orderId, step }) => ({
    what: `${orderId}의 보류(${stepWords(step)})는 포기할 수 없습니다`,
    why: '아무도 확인할 수 없는 것만 포기합니다: 조회할 수 없는 서비스나 사라진 TM 데스크의 예약',
    next: `$oss fallout show ${orderId}`,
  }),
  NE_ID_REQUIRED: ({ orderId, step }) => ({
    what: `${orderId}의 보류(${stepWords(step)})는 서비스에 관한 것입니다`,
    why: '완료했다는 말은 장비에서 그 서비스를 조회해 확인합니다',
    next: '장비가 준 번호를 --ne-id로 넣으세요',
  }),
  WORKER_HANGS: ({ loop, orderId, seconds }) => ({
    what: `워커가 멈춰 있습니다: ${HANGING[loop]}${orderId === null ? '' : ` ${orderId}`} (${seconds}초 동안 진행 없음)`,
    why: '기다리는 것이 오지 않아, 다른 워커가 이어 가도록 스스로 끝냅니다',
    next: '저절로 다시 시작되지 않으면 다시 시작하세요: 잃는 청약은 없습니다. 남은 일은 $oss worker status',
  }),
  ORDER_UNREADABLE: ({ orderId, version, problem }) => ({
    what: ko`${orderId}을(를) 읽을 수 없습니다`,
    why: `${version}번째 이벤트: ${db.problem(problem)}`,
    next: '$oss db verify; 바뀐 것은 없으며 다른 청약은 모두 계속 처리됩니다',
  }),
  ORDER_BUSY: ({ orderId }) => ({
    what: ko`${orderId}은(는) 지금 처리 중입니다`,
    why: '다른 프로세스가 맡고 있습니다',
    next: '잠시 뒤 다시 하세요; 바뀐 것은 없습니다',
  }),
  BREAKER_NOT_FOUND: ({ name, names }) => ({
    what: ko`차단기 ${name}이(가) 없습니다`,
    ...(names.length === 0 ? {} : { why: `있는 것: ${names.join(', ')}` }),
    next: '$oss breaker list',
  }),
  PEER_MISCONFIGURED: ({ peer, cause }) => ({
    what: ko`${peer}이(가) 우리 요청을 받아들이지 않습니다`,
    why: causeWords(cause),
    next: '$oss doctor',
  }),
  DATABASE_BUSY: ({ database }) => ({
    what: '데이터베이스가 사용 중입니다',
    why: `다른 프로세스가 ${database}에 쓰고 있습니다`,
    next: '다시 하세요',
  }),
  DATABASE_UNREACHABLE: ({ database, cause }) => ({
    what: '데이터베이스에 연결할 수 없습니다',
    why: `${database}: ${inWords(databaseFaults, cause)}`,
    next: '바뀐 것은 없습니다: 다시 하세요. --db와 OSS_DB를 확인하세요: $oss config list --origin',
  }),
  COMMIT_IN_DOUBT: ({ database }) => ({
    what: '저장되었는지 알 수 없습니다',
    why: ko`저장하는 도중에 ${database}와(과) 연결이 끊어졌습니다. 모두 저장되었거나 하나도 저장되지 않았습니다`,
    next: '다시 하기 전에 먼저 확인하세요: $oss status, $oss events. 같은 --key를 쓰면 다시 해도 한 번만 저장됩니다',
  }),
  DISK_FULL: ({ path }) => ({
    what: '디스크가 가득 찼습니다',
    why: `${path}에 쓸 수 없습니다 (공간이 없거나 할당량이나 크기 한도에 닿았습니다)`,
    next: '바뀐 것은 없습니다: 공간을 비우고 다시 하세요',
  }),
  TOO_MANY_FILES: ({ path }) => ({
    what: '파일을 더 열 수 없습니다',
    why: ko`${path}이(가) 필요한데 열 수 있는 파일 수의 한도에 닿았습니다`,
    next: '바뀐 것은 없습니다: 한도를 올리거나(ulimit -n) 파일을 쥐고 있는 것을 끝내고 다시 하세요',
  }),
} satisfies Partial<RefusalTexts>;
