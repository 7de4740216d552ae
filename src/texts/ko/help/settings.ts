import { stages } from '../stages.ts';

const late = (stage: string): readonly (readonly [string, string])[] => {
  const words = Object.entries(stages.stage).find(([name]) => name === stage)?.[1] ?? stage;
  return [
    [`An order in stage ${stage} for this long is late`, `"${words}" 상태가 이만큼 이어지면 지연`],
    [
      `An order in stage ${stage} for this long is critically late`,
      `"${words}" 상태가 이만큼 이어지면 심한 지연`,
    ],
  ];
};

/** What settings are for, by their English words. */
export const SETTINGS: Readonly<Record<string, string>> = {
  'The database': '데이터베이스',
  'Print line by line and change nothing that was printed: for screen readers':
    '한 줄씩 출력하고 출력한 것을 바꾸지 않음: 화면 낭독기용',
  "The operator's time zone": '운영 시간대',
  'File with the password of the database': '데이터베이스 비밀번호가 든 파일',
  'Command that prints the password of the database': '데이터베이스 비밀번호를 출력하는 명령',
  'Allow a line to the database of another machine on which others can listen or answer':
    '다른 컴퓨터에 있는 데이터베이스와 안전하지 않은 연결을 허용',
  'Language of texts': '화면의 언어',
  'Who acts': '누가 하는지',
  'What the accounts and groups of this machine may act as; only a supervisor sets it':
    '이 컴퓨터의 계정과 그룹이 맡을 수 있는 역할; 관리자만 바꿀 수 있음',
  'Areas that are known in addresses': '주소에서 찾을 지역',
  'Moves the clock, which then runs on; refused with real peers':
    '시계를 옮기고 거기서부터 흐르게 함; 실제 연동 시스템에서는 거절',
  'Base URL of the Network Elements (TMF640)': 'NE의 기본 URL(TMF640)',
  'Base URL of the TM desk (TMF646)': 'TM 데스크의 기본 URL(TMF646)',
  'Total deadline of one request': '요청 하나의 제한 시간',
  'A create or a call starts at most this long after its intent was written':
    '개통 요청이나 통화는 의도를 기록한 뒤 이 시간 안에만 시작함',
  'How long the peer may still work on a request whose caller has gone':
    '요청한 쪽이 사라진 뒤에도 연동 시스템이 처리할 수 있는 시간',
  'Pause between two looks at something that is going on': '진행 중인 것을 다시 조회하는 간격',
  'Age at which something that never ends holds the order': '끝나지 않는 것이 이만큼 지나면 청약을 보류함',
  'Requests of one process under way at the same time': '한 프로세스가 동시에 보내는 요청 수',
  'File with the bearer token': '인증 토큰이 든 파일',
  'Command that prints the bearer token': '인증 토큰을 출력하는 명령',
  'Allow plain http to a host that is not this one': '다른 컴퓨터에 http를 허용',
  'How long after a change a read of the NE may not show it yet':
    '변경이 장비 조회에 아직 안 보일 수 있는 시간',
  'An id that the NE told and no read ever showed is not believed absent before':
    '장비가 알려 준 번호가 조회되지 않아도 이만큼 지나기 전에는 없다고 보지 않음',
  'How a service is switched off: PATCH to terminated, or DELETE':
    '서비스를 원복하는 방법: 종료 상태로 PATCH, 또는 DELETE',
  'Failures in a row that open a breaker': '차단기를 여는 잇단 실패 횟수',
  'Failures further apart do not add up': '이보다 떨어진 실패는 합치지 않음',
  'How long a breaker stays open at first': '차단기가 처음 열려 있는 시간',
  'How long it stays open at most, after doubling': '두 배씩 늘려 가장 길게 열려 있는 시간',
  'How long a command runs the steps of its order itself; 0 leaves all to the worker':
    '명령이 청약의 단계를 직접 처리하는 시간; 0이면 모두 워커에 맡김',
  'Internet lines that an order needs at least; 1 forbids TV alone':
    '청약에 필요한 최소 인터넷 회선 수; 1이면 TV만은 안 됨',
  'Lines of one order at most': '한 청약의 최대 회선 수',
  'Choose slot and technician without a person': '시간과 작업자를 사람 없이 고름',
  "When customers may be phoned, in the operator's time zone":
    '고객에게 전화할 수 있는 시간, 운영 시간대 기준',
  "How long after its next due call a proposed visit keeps the technician's time":
    '다음 통화 예정 뒤에도 가배정이 작업자의 시간을 잡아 두는 시간',
  'Calls to a customer a day': '고객 한 명에게 하루에 하는 통화 수',
  'Calls in all, after which the order waits for the customer': '전체 통화 수; 넘으면 고객의 연락을 기다림',
  'Pause between two calls of one day': '같은 날 통화 사이의 간격',
  'How far ahead slots are searched': '며칠 앞까지 시간을 찾을지',
  'Length of a visit with one line': '회선이 하나일 때의 방문 시간',
  'Added for every further line': '회선이 하나 늘 때마다 더하는 시간',
  'Slots start every so often': '방문 시작 시각의 간격',
  'Time between two visits of a technician in one area, or where the way is not known':
    '같은 지역이거나 이동 시간을 모를 때 방문 사이의 시간',
  'No visit is offered that begins sooner than this': '이보다 빨리 시작하는 방문은 제시하지 않음',
  'Customers are told that somebody arrives within this time from the start of the slot; 0: at its start':
    '고객에게 안내하는 도착 시간의 폭, 방문 시작부터; 0이면 시작 시각',
  'Visits that count, after which a person decides': '세는 방문 횟수; 넘으면 사람이 결정',
  'How many times longer roads are than the straight line': '직선거리에 대한 실제 길의 배수',
  'How fast technicians drive, in kilometres an hour': '작업자의 이동 속도(시속 km)',
  'Added to every way to another area: parking, walking': '다른 지역으로 갈 때마다 더하는 시간: 주차, 도보',
  'Break in a working day of 8 hours or more, kept free where areas are imported; 0: none':
    '8시간 이상 근무일의 휴식, 지역을 가져왔을 때 비워 둠; 0이면 없음',
  'How long before its slot a visit is handed to the technician': '방문 몇 시간 전에 작업자에게 넘길지',
  'A visit that has not begun this long after the beginning of its slot is late':
    '시작 시각에서 이만큼 지나도 시작하지 않은 방문은 지연',
  'Failures of one undo step for one reason, after which a person is asked too; it is tried on':
    '원복 단계가 같은 이유로 이만큼 실패하면 사람에게도 알림; 계속 다시 시도함',
  "How often the worker compares the NE's inventory and the desk's appointments with the log; 0: never by itself":
    '워커가 장비 목록과 TM 데스크의 예약을 기록과 비교하는 간격; 0이면 하지 않음',
  'Part of the services above which a comparison reverts none, and holds no order, before a person says so':
    '비교에서 사람이 확인하기 전에 원복하거나 보류할 수 있는 서비스의 비율',
  'How long the record of who looked and who changed is kept before oss audit prune takes it away; changes of rights three years at least':
    '"oss audit prune"이 지우기 전까지 감사 기록을 보관하는 기간; 권한 변경은 최소 3년',
  'Where oss serve listens': '"oss serve"가 듣는 주소',
  'By what URL callers reach it: every link begins so; the Host header is never used':
    '호출자가 접속하는 URL: 모든 링크가 이것으로 시작하며 Host 헤더는 쓰지 않음',
  'Proxies that end TLS in front of it, whose word about the caller is taken (X-Forwarded-For)':
    '앞에서 TLS를 처리하는 프록시: 호출자에 대해 이들이 알리는 것을 믿음(X-Forwarded-For)',
  'Listen beyond this machine without a proxy that ends TLS: tokens and personal data go over the wire in clear':
    'TLS를 처리하는 프록시 없이 이 장비 밖에서도 접속을 받음: 토큰과 개인정보가 암호화되지 않고 오감',
  'How long it goes on after SIGTERM while /readyz says no: longer than a proxy takes to notice':
    'SIGTERM 뒤 /readyz가 아니라고 답하며 계속 일하는 시간: 프록시가 알아차리는 시간보다 길게',
  'Readings are told to come back later while requests wait longer than this for their turn':
    '요청이 차례를 이보다 오래 기다리면 조회에는 나중에 다시 오라고 답함',
  'Requests a second of one caller, twice as many for a moment; more are told to come back later':
    '호출자 하나의 초당 요청 수, 잠깐은 두 배까지; 넘으면 나중에 다시 오라고 답함',
  'Seed of the simulators': '모의 시스템의 시드',
  'Faults of the simulators, see docs/simulators.md': '모의 시스템의 장애, docs/simulators.md 참고',
  'How simulated customers answer': '모의 고객이 답하는 방식',
  'How long the simulators take to answer': '모의 시스템이 응답하는 데 걸리는 시간',
  'How long a simulated phone call takes': '모의 통화에 걸리는 시간',
  ...Object.fromEntries(Object.keys(stages.stage).flatMap(late)),
};
