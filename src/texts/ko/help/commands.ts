/** What nouns and commands are for, by their English words. */
export const COMMANDS: Readonly<Record<string, string>> = {
  'take orders, find them, change them': '청약 접수, 조회, 변경',
  'visits: the day, and what came of them': '방문: 하루 일정과 결과',
  'the desk: who waits for a call, slots, visits, the board': '일정: 통화 대기, 빈 시간, 방문, 일정표',
  'what is held for a person: see it, try again, done by hand': '보류: 보기, 다시 시도, 수작업 완료',
  'the people who visit: import them, their days off and visits': '작업자: 가져오기, 휴무, 방문',
  'where areas are and how long the ways between them take': '지역의 위치와 지역 간 이동 시간',
  'files of orders and changes: run, go on, try again': '일괄 작업 파일: 실행, 이어서 하기, 다시 시도',
  'the background process: run it, see how it does': '워커: 실행과 상태',
  'the database: check, copy, restore, rebuild': '데이터베이스: 검사, 백업, 복원, 재구성',
  'the network elements: what is live there, and whether the log agrees':
    'NE(장비): 켜진 서비스와 기록의 일치 여부',
  'circuit breakers: peers that are left alone for a while': '차단기: 잠시 요청하지 않는 연동 시스템',
  'customers and their personal data': '고객과 개인정보',
  'programs that call over HTTP, and their tokens': 'HTTP로 호출하는 프로그램과 그 토큰',
  'who looked at whose data: list, check, monthly review': '감사: 목록, 검사, 월간 점검',
  'settings: where they come from, and changing them': '설정: 출처와 변경',

  'take an order': '청약을 접수합니다',
  'find orders': '청약을 찾습니다',
  'everything about one order': '청약 한 건의 모든 것을 봅니다',
  'change the lines or the contact data of an order': '청약의 회선이나 연락처를 바꿉니다',
  'cancel orders, and undo what was done for them': '청약을 취소하고 진행된 것을 되돌립니다',
  'add a note to an order': '청약에 메모를 남깁니다',
  "the subscriber's view of own orders": '고객이 보는 자기 청약입니다',
  'what happened, as it stands on the log': '일어난 일을 기록 그대로 봅니다',
  'how far an order is, or how everything stands': '청약의 진행 상황이나 전체 현황을 봅니다',
  'the visits of a day': '하루의 방문을 봅니다',
  'your visit that is going on, else your next one': '진행 중인 방문, 없으면 다음 방문을 봅니다',
  'one visit: where, whom to ring, what to bring, what happened before':
    '방문 한 건: 장소, 연락처, 준비물, 이전 경과를 봅니다',
  'say that you are on site': '현장에 도착했음을 알립니다',
  'report a visit that ended with the service working': '서비스가 개통된 방문을 완료로 보고합니다',
  'report that an order cannot be installed: FINAL, everything is switched off':
    '설치할 수 없음을 보고합니다. 되돌릴 수 없고 모두 원복됩니다',
  'who waits for a call, the most urgent first': '통화를 기다리는 청약을 급한 것부터 봅니다',
  'when a visit fits best: the best time of each part of each day, and who goes there':
    '방문하기 가장 좋은 시간과 작업자를 날짜와 시간대별로 봅니다',
  'why this technician goes there, or why nobody can':
    '이 작업자가 가는 이유나 아무도 갈 수 없는 이유를 봅니다',
  'the day by technician: visits, free time, and who waits beside it':
    '작업자별 하루 일정표: 방문, 빈 시간, 기다리는 청약',
  "hold a technician's time for an order and phone the customer":
    '작업자의 시간을 가배정하고 고객에게 전화합니다',
  'phone the customer for what is held, or record a call that you made':
    '가배정한 시간으로 고객에게 전화하거나, 직접 한 통화를 기록합니다',
  'plan the whole queue: who goes where, and why': '기다리는 청약 전체의 배정안을 만듭니다: 누가 어디로, 왜',
  'another time or technician for an agreed visit': '확정된 방문의 시간이나 작업자를 바꿉니다',
  'free the time that is held for an order': '가배정한 시간을 풀어 줍니다',
  'report that the visit failed, and another one makes sense':
    '방문은 실패했지만 다시 방문해야 함을 보고합니다',
  'correct what was typed of a completed visit': '완료한 방문의 입력 내용을 고칩니다',
  'what is held for a person, the oldest first': '사람을 기다리는 보류를 오래된 것부터 봅니다',
  'the holds of one order: what happened, what the network holds, what to do':
    '청약 한 건의 보류: 무슨 일이 있었는지, 장비는 어떤지, 무엇을 할지 봅니다',
  'try again what is held': '보류된 것을 다시 시도합니다',
  'say that what is held was done by hand; the NE is asked whether it is so':
    '보류된 것을 수작업으로 처리했음을 알립니다. 장비에서 확인합니다',
  'let an order end without the proof that nobody can give (supervisors)':
    '아무도 확인할 수 없는 것을 미확인으로 두고 청약을 종료합니다(관리자)',
  'technicians, with what they have to do today': '작업자와 오늘의 할 일을 봅니다',
  'one technician, with the visits to come': '작업자 한 명과 앞으로의 방문을 봅니다',
  'add and change technicians from a CSV file': 'CSV 파일로 작업자를 추가하고 바꿉니다',
  'a technician works again on days that were off': '휴무였던 날에 작업자가 다시 근무합니다',
  'find orders by whatever you have': '가진 것 무엇으로든 청약 찾기',
  'days on which a technician does not work; their visits go to others':
    '작업자의 휴무를 정하고 방문을 다른 작업자에게 넘깁니다',
  'the areas that are known, where they are, and who serves them': '알려진 지역, 위치, 담당 작업자를 봅니다',
  'take over where areas are, or how long the ways between them take':
    '지역의 위치나 지역 간 이동 시간을 가져옵니다',
  'figures: lead time, first visits, returns, promises, what is open':
    '지표: 처리 기간, 첫 방문, 반송, 약속 준수, 진행 중인 청약',
  'run a file of orders and changes': '청약과 변경이 담긴 파일을 실행합니다',
  'go on with a batch that was interrupted': '중단된 일괄 작업을 이어서 합니다',
  'run the failed rows of a batch again': '일괄 작업의 실패한 행을 다시 실행합니다',
  'show one batch: its figures and its failures': '일괄 작업 하나의 결과와 실패를 봅니다',
  'list batches, the latest first': '일괄 작업을 최근 것부터 봅니다',
  'print an example of a batch file': '일괄 작업 파일의 예를 출력합니다',
  'run the steps of all orders in the background': '모든 청약의 남은 단계를 처리합니다',
  'take orders and tell of them over HTTP, until Ctrl-C': 'HTTP로 청약을 받고 진행을 알려 줍니다(Ctrl-C까지)',
  'serve a simulated NE, TM desk, or both, until Ctrl-C':
    '모의 NE나 TM 데스크, 또는 둘 다를 Ctrl-C까지 운영합니다',
  'make the database': '데이터베이스를 만듭니다',
  'what the database is: its size, its peers, how far its log goes':
    '데이터베이스의 크기, 연동 시스템, 기록의 끝을 봅니다',
  'bind the database to the configured peers instead of its own':
    '데이터베이스를 설정된 연동 시스템으로 다시 묶습니다',
  'check that the log, the audit and all that hangs on them are whole':
    '기록과 감사 기록, 거기에 딸린 모든 것이 온전한지 검사합니다',
  'where log and audit end, signed, to be kept elsewhere':
    '기록과 감사 기록의 끝점을 서명하여 출력합니다. 다른 곳에 보관하세요',
  'make everything that is derived anew from the log: views, calendar, due work':
    '조회용 기록, 일정, 할 일을 이벤트에서 다시 만듭니다',
  'copy the database into a file, while others work on it': '사용 중에도 데이터베이스를 파일로 백업합니다',
  'move the database from its file to a server': '데이터베이스를 파일에서 서버로 옮깁니다',
  'put a backup in the place of the database': '데이터베이스를 백업으로 바꿉니다',
  'bring the database of an older program to this one, in one step':
    '예전 프로그램의 데이터베이스를 지금 것으로 한 번에 올립니다',
  'see it work: four acts on simulators, in under a minute': '모의 장비로 보는 1분 시연, 모두 4막',
  'the live services of the NE, with the order each belongs to': '장비에 켜진 서비스와 그 청약을 봅니다',
  "compare the NE's inventory with the log, both ways": '장비의 목록과 기록을 양쪽으로 비교합니다',
  'the circuit breakers: which peers nothing is sent to now, and why':
    '차단기: 지금 요청하지 않는 연동 시스템과 그 이유를 봅니다',
  'send nothing to a peer for a while': '한동안 연동 시스템에 아무것도 보내지 않습니다',
  'let requests go to a peer again at once': '연동 시스템에 바로 다시 요청합니다',
  'which workers run, what waits for them, and what keeps failing':
    '실행 중인 워커, 기다리는 일, 계속 실패하는 일을 봅니다',
  'who acts, on which database, with which peers':
    '누가, 어느 데이터베이스와 연동 시스템에서 일하는지 봅니다',
  'make a token by which a program calls over HTTP': '프로그램이 HTTP로 호출할 때 쓰는 토큰을 만듭니다',
  'the tokens by which programs call over HTTP': '프로그램이 HTTP로 호출할 때 쓰는 토큰을 봅니다',
  'end a token for good': '토큰을 영구히 폐기합니다',
  'one customer with all orders': '고객 한 명과 모든 청약을 봅니다',
  'remove name, phone, addresses and texts of a customer for ever':
    '고객의 이름, 전화, 주소, 글을 영구히 지웁니다',
  'who looked at whose data and who changed what, the latest first':
    '누가 누구의 정보를 보고 무엇을 바꾸었는지 최근 것부터 봅니다',
  'the whole record of who looked and who changed, the oldest first':
    '누가 보고 바꾸었는지 전체 기록을 오래된 것부터 출력합니다',
  'check the chains of the audit alone': '감사 기록의 연결만 검사합니다',
  'the monthly check: who looked at how many, at which hours, and what was refused':
    '월간 점검: 누가 언제 몇 건을 열람했고 무엇이 거부되었는지 봅니다',
  'take away what the audit need not keep any more, and leave signed anchors':
    '보관 기간이 지난 감사 기록을 지우고 서명된 표식을 남깁니다',
  'check configuration, database, peers and workers, and say what to do':
    '설정, 데이터베이스, 연동 시스템, 워커를 점검하고 할 일을 알려 줍니다',
  'all settings in force': '적용 중인 모든 설정을 봅니다',
  'one setting': '설정 하나를 봅니다',
  'write one setting into the configuration file': '설정 하나를 설정 파일에 씁니다',
  'where the configuration file and the database are': '설정 파일과 데이터베이스의 위치를 봅니다',
  'check every setting': '모든 설정을 검사합니다',
  'print a completion script': '자동 완성 스크립트를 출력합니다',
  'show the version': '버전을 봅니다',
  'explain a topic or a command': '주제나 명령을 설명합니다',
};
