import type { ServiceFound } from '../../core/activation/events.ts';
import type { Cause } from '../../core/codes/cause.ts';
import type { ContactChanged, HoldReleased, OrderClosed } from '../../core/order/events.ts';
import type { AppointmentClosed, CallNotPlaced, VisitReleased } from '../../core/scheduling/events.ts';
import type { Texts } from '../catalogue.ts';
import { causeWords } from './causes.ts';
import { evidenceWords } from './field.ts';
import { ko } from './particles.ts';

type Named = { readonly service: string; readonly generation: number };

const name = ({ service, generation }: Named): string =>
  generation === 1 ? service : `${service} (${generation}차)`;
const about = (subject: string | null): string => (subject === null ? '' : ` ${subject}`);
const because = (cause: Cause | null): string => (cause === null ? '' : `: ${causeWords(cause)}`);
const noted = (textId: string | null): string => (textId === null ? '' : ', 메모 있음');

const NOT_PLACED: Readonly<Record<CallNotPlaced['data']['why'], string>> = {
  absent: '데스크에 기록이 없음',
  'not-sent': '요청을 보내지 못함',
  rejected: '데스크가 거절함',
};

const RELEASED: Readonly<Record<VisitReleased['data']['why'], string>> = {
  expired: '기한이 지남',
  unassigned: '배정 취소',
  replaced: '다른 가배정으로 바뀜',
  'customer-pending': '고객 회신 대기',
  'agreed-other-slot': '고객이 다른 시간에 동의',
  amended: '청약 변경',
};

const FOUND_BY: Readonly<Record<ServiceFound['data']['how'], string>> = {
  'look-up': '조회',
  'by-hand': '수작업',
  reconcile: '장비 비교',
};

const ACTIONS: Readonly<Record<HoldReleased['data']['action'], string>> = {
  retry: '다시 시도',
  done: '수작업 완료',
  waived: '확인 포기',
  released: '더 볼 것 없음',
};

const OUTCOMES: Readonly<Record<OrderClosed['data']['outcome'], string>> = {
  completed: '완료',
  returned: '반송',
  cancelled: '취소',
};

const CLOSED_AS: Readonly<Record<AppointmentClosed['data']['as'], string>> = {
  completed: '완료',
  failed: '실패',
  cancelled: '취소',
};

const CONTACT: Readonly<Record<ContactChanged['data']['fields'][number], string>> = {
  name: '이름',
  phone: '전화',
  address: '주소',
};

/** A value that a newer program wrote stays as it is. */
const said = (words: Readonly<Record<string, string>>, value: string): string => words[value] ?? value;

export const story: Texts['story'] = {
  noEvents: '아직 기록이 없습니다',
  lastOnly: (n) => `마지막 ${n}건입니다; 전체: --after 0`,
  sentences: {
    OrderPlaced: ({ internet, tv, area, textId }, { lines }) =>
      `청약 접수: ${lines({ internet, tv })}${area === null ? ', 지역 모름' : `, ${area}`}${noted(textId)}`,
    OrderAmended: ({ internet, tv }, { lines }) => `청약 변경: ${lines({ internet, tv })}`,
    ContactChanged: ({ fields }) => `연락처 변경: ${fields.map((field) => said(CONTACT, field)).join(', ')}`,
    NoteAdded: () => '메모 추가',
    TermsChanged: ({ client, notBefore }) =>
      `요청 조건 변경 (${client})${notBefore === null ? '' : `: ${notBefore}부터 방문 가능`}`,
    CancellationAssessed: ({ client, code, denied, textId }, words) =>
      `취소 요청 (${client}): ${words.code(code)}${denied === null ? '' : ` — 취소할 수 없음: ${denied}`}${noted(textId)}`,
    OrderCancelled: ({ code, stage, textId }, words) =>
      `취소 (${words.stage(stage)}): ${words.code(code)}${noted(textId)}`,
    OrderHeld: ({ step, subject, cause, said }, words) =>
      `보류: ${words.step(step)}${about(subject)}, ${words.cause(cause)}${because(said)}`,
    HoldReleased: ({ step, subject, action }, words) =>
      `보류 해제: ${words.step(step)}${about(subject)} (${said(ACTIONS, action)})`,
    OrderClosed: ({ outcome }) => `청약 종료: ${said(OUTCOMES, outcome)}`,
    ActivationStarted: ({ services }) => `서비스 계획: ${services.join(', ')}`,
    ServiceRequested: (service) => `${name(service)} 개통 요청`,
    ServiceActivated: (service) => `${name(service)} 개통됨 (${service.neId})`,
    ServiceFound: (service) => `${name(service)} 개통 확인 (${service.neId}, ${said(FOUND_BY, service.how)})`,
    ServiceRejected: (service) => `${name(service)} 거절: ${service.code}`,
    ServiceInDoubt: (service) => `${name(service)} 결과 불명: ${causeWords(service.cause)}; 먼저 조회합니다`,
    ServiceNotFound: (service) =>
      service.why === 'not-sent'
        ? `${name(service)} 전송되지 않음${because(service.cause)}`
        : `${name(service)} 없음이 확인됨${because(service.cause)}`,
    ServiceNotSeen: (service) =>
      service.look === 'first'
        ? `${name(service)} 장비에서 조회되지 않음; 한 번 더 조회한 뒤 확정합니다`
        : `${name(service)} 장비에서 조회되지 않음; 아직 없다고 보기에는 이릅니다`,
    ServiceDisowned: (service) =>
      service.name === null
        ? ko`장비에 ${service.neId}이(가) 더 이상 없음: ${name(service)}의 것이 아닙니다`
        : ko`${service.neId}은(는) 이제 ${service.name}의 것: 건드리지 않습니다`,
    ActivationCompleted: ({ equipmentId, services }) =>
      `서비스 ${services.length}개 모두 개통${equipmentId === null ? '' : ` (${equipmentId})`}`,
    RevertRequested: (service) =>
      service.duplicates === 0
        ? `${name(service)} 원복 요청`
        : `${name(service)} 중복 ${service.duplicates}건 원복 요청`,
    ServiceReverted: (service) => `${name(service)} 원복됨`,
    DuplicatesReverted: (service) => `${name(service)} 중복 원복됨: ${service.neIds.join(', ')}`,
    RevertRejected: (service) => `${name(service)} 원복 거절: ${service.code}; 다시 시도합니다`,
    HistoryMayBeLost: ({ services }) =>
      services.length === 0
        ? '백업으로 복원됨: 백업 이후의 이력이 없을 수 있습니다'
        : `백업으로 복원됨: 백업 이후의 이력이 없을 수 있어 장비부터 조회합니다: ${services.join(', ')}`,
    ServiceWaived: (service, words) => `${name(service)} 확인 포기(미확인): ${words.code(service.cause)}`,
    ActivationCancelled: ({ services }) => `망 원복 확인: 서비스 ${services.length}개`,
    ActivationReverted: ({ services }) => `망 원복 확인: 서비스 ${services.length}개`,
    SlotSearchStarted: ({ taskId }) => `방문 가능 시간 조회 중 (${taskId})`,
    SchedulingRequested: ({ taskId, slots }) => `방문 가능 시간 ${slots}개 (${taskId})`,
    VisitProposed: ({ technicianId, via, choice, reasons, ...slot }, words) =>
      `${technicianId} 가배정: ${words.slot(slot)}, ${choice === 'automatic' ? '자동 선정' : '수동 선정'}${reasons.length === 0 ? '' : ` (${reasons.map(words.reason).join(', ')})`}`,
    VisitReleased: ({ why }) => `가배정 해제: ${RELEASED[why]}`,
    CallRequested: ({ call, via, ...slot }, words) =>
      via === 'agreed' ? `예약 요청: ${words.slot(slot)}` : `통화 ${call}회차 요청: ${words.slot(slot)}`,
    CustomerCalled: ({ call, outcome, nextCallAt, window, textId }, words) =>
      `통화 ${call}회차: ${words.code(outcome)}${nextCallAt === null ? '' : `, 다음 통화 ${words.time(nextCallAt)}`}${window === undefined ? '' : `, 도착 시간 안내 ${words.slot(window)}`}${noted(textId)}`,
    CallInDoubt: ({ call, cause }) => `통화 ${call}회차 결과 불명: ${causeWords(cause)}; 먼저 조회합니다`,
    CallNotPlaced: ({ call, why, cause, nextCallAt }, words) =>
      `통화 ${call}회차를 하지 못함: ${NOT_PLACED[why]}${because(cause)}${nextCallAt === null ? '' : `, 다음 통화 ${words.time(nextCallAt)}`}`,
    CallNotSeen: ({ call }) => `통화 ${call}회차가 TM 데스크에서 여전히 조회되지 않음: 다시 전화합니다`,
    MoveRequested: ({ technicianId, code, ...slot }, words) =>
      `방문 변경 요청: ${words.slot(slot)}, ${technicianId}: ${words.code(code)}`,
    MoveRejected: ({ code }) => `방문 변경 거절: ${code}`,
    Scheduled: ({ technicianId, appointmentId, ...slot }, words) =>
      `방문 확정: ${words.slot(slot)}, ${technicianId}${appointmentId === null ? '' : ` (${appointmentId})`}`,
    VisitRetimed: ({ fromStart, fromEnd, technicianId, ...slot }, words) =>
      `약속한 도착 시간 안에서 방문 시각 조정: ${words.slot({ start: fromStart, end: fromEnd })} → ${words.slot(slot)}, ${technicianId}`,
    AppointmentFound: ({ call, appointmentId, ...slot }, words) =>
      `통화 ${call}회차의 다른 예약이 있습니다: ${appointmentId}, ${words.slot(slot)}; 취소합니다`,
    AppointmentMovedByDesk: ({ appointmentId, ...slot }, words) =>
      ko`TM 데스크가 예약 ${appointmentId}을(를) 직접 옮겼습니다: ${words.slot(slot)}`,
    AppointmentCancelledByDesk: ({ appointmentId, code }, words) =>
      ko`TM 데스크가 예약 ${appointmentId}을(를) 직접 취소했습니다${code === null ? '' : `: ${words.code(code)}`}`,
    AppointmentWaived: ({ appointmentId, cause }, words) =>
      `TM 데스크의 예약 ${appointmentId} 확인 포기(미확인): ${words.code(cause)}`,
    AppointmentClosed: ({ appointmentId, as }) => `예약 종료: ${appointmentId} (${said(CLOSED_AS, as)})`,
    ScheduleCancelled: ({ code }, words) => `방문 취소: ${words.code(code)}`,
    FieldWorkDispatched: ({ technicianId }) => `${technicianId} 출동`,
    FieldWorkRecalled: ({ technicianId }) => `${technicianId} 출동 취소`,
    FieldWorkStarted: ({ technicianId, occurredAt }, words) =>
      `${technicianId} 작업 시작: ${words.time(occurredAt)}`,
    FieldWorkCompleted: ({ technicianId, occurredAt, ontSerial, rxPowerDbm, stbSerials }, words) =>
      `완료 ${words.time(occurredAt)}, ${technicianId}: ONT ${ontSerial}, ${rxPowerDbm} dBm${stbSerials.length === 0 ? '' : `, STB ${stbSerials.join(', ')}`}`,
    FieldResultCorrected: ({ fields }) => `결과 정정: ${fields.map(evidenceWords).join(', ')}`,
    VisitNotDone: ({ code, visit, technicianId }, words) =>
      `재방문 필요 (${visit}회차, ${technicianId}): ${words.code(code)}`,
    FieldWorkFailed: ({ code, visit, technicianId }, words) =>
      `반송 (${visit}회차, ${technicianId}): ${words.code(code)}`,
  },
};
