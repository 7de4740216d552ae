import { shellWord } from '../../core/values/shell-word.ts';
import { inWords } from '../coded.ts';
import type { RefusalTexts } from '../wording.ts';
import { databaseFaults } from './database-faults.ts';
import { problemWords } from './db.ts';
import { expectations } from './expectations.ts';
import { fileFaults } from './file-faults.ts';
import { packageFaults } from './package-faults.ts';
import { ko } from './particles.ts';
import { urlFaults } from './url-faults.ts';

export const settingRefusals = {
  CONFIG_UNKNOWN_KEY: ({ key, origin, suggestion }) => ({
    what: ko`${key}(이)라는 설정은 없습니다${suggestion === null ? '' : `; ${suggestion}인가요?`}`,
    why: `출처: ${origin}`,
    next: '$oss config list',
  }),
  CONFIG_INVALID: ({ key, origin, value, expected }) => ({
    what: ko`설정 ${key}에 "${value}"은(는) 쓸 수 없습니다`,
    why: `출처: ${origin}; 올바른 값: ${inWords(expectations, expected)}`,
    next: '$oss config validate',
  }),
  CONFIG_FILE: ({ path, cause }) => ({
    what: ko`설정 파일 ${path}을(를) 쓸 수 없습니다`,
    why: inWords(fileFaults, cause),
    next: '$oss config path',
  }),
  SECRET_READABLE: ({ path, mode }) => ({
    what: `${path}의 비밀을 다른 사람이 읽을 수 있습니다`,
    why: `권한: ${mode}`,
    next: `chmod 600 ${shellWord(path)}`,
  }),
  TLS_UNCHECKED: ({ variable }) => ({
    what: `${variable}=0이 설정되어 있는데 연동 시스템이 실제입니다`,
    why: '아무 인증서나 통과되어, 중간에 있는 누구든 토큰을 얻고 응답을 꾸며 낼 수 있습니다',
    next: `unset ${variable}. 자체 인증 기관이라면 NODE_EXTRA_CA_CERTS를 쓰세요`,
  }),
  PEER_URL: ({ key, cause }) => ({
    what: `${key}의 연동 시스템을 쓸 수 없습니다`,
    why: inWords(urlFaults, cause),
    next: '$oss config list --origin',
  }),
  FOLDER_MISSING: ({ folder }) => ({
    what: ko`폴더 ${folder}이(가) 없습니다`,
    why: '잘못 적은 폴더에 만든 사본은 아무도 찾지 못합니다',
    next: `mkdir -p ${shellWord(folder)}`,
  }),
  DATABASE_EXISTS: ({ file }) => ({ what: ko`${file}은(는) 이미 있습니다`, next: '다른 파일을 고르세요' }),
  DATABASE_FOREIGN: ({ database, cause }) => ({
    what: ko`${database}은(는) oss의 데이터베이스가 아닙니다`,
    why: inWords(databaseFaults, cause),
    next: '--db와 OSS_DB를 확인하세요: $oss config list --origin',
  }),
  NOT_A_BACKUP: ({ path, cause }) => ({
    what: ko`${path}은(는) 복원할 수 있는 사본이 아닙니다`,
    why: cause === null ? '그런 파일이 없습니다' : inWords(databaseFaults, cause),
    next: '"oss db backup"으로 만든 파일을 지정하세요',
  }),
  DATABASE_NEWER: ({ database, schema, known }) => ({
    what: ko`${database}은(는) 더 새로운 oss가 썼습니다`,
    why: `스키마 ${schema}, 이 프로그램이 아는 것은 ${known}`,
    next: '더 새로운 프로그램을 쓰세요',
  }),
  DATABASE_UNFIT: ({ database, setting, value, wanted }) => ({
    what: ko`${database}에는 주문을 안전하게 저장할 수 없습니다`,
    why: ko`서버의 ${setting} 설정이 ${value}입니다. ${wanted}이(가) 필요합니다`,
    next: '서버 설정을 바꾸세요. 바뀐 것은 없습니다',
  }),
  DATABASE_CLOSED: ({ database, cause }) => ({
    what: ko`${database}이(가) 접속을 거부했습니다`,
    why: inWords(databaseFaults, cause),
    next: '--db와 OSS_DB, 역할과 비밀번호를 확인하세요: $oss config list --origin',
  }),
  DATABASE_SEALED: ({ database, to }) => ({
    what: ko`${database}은(는) 봉인되었습니다. ${to}(으)로 옮기는 중이거나 이미 옮겼습니다`,
    why: '같은 청약의 데이터베이스 두 곳에 쓰는 일은 없어야 합니다',
    next: `같은 $oss db copy --to ${shellWord(to)}를 이어서 하세요. 끝나면 db나 OSS_DB를 그곳으로 바꾸세요. 여기에 남으려면: $oss db copy --unseal`,
  }),
  NOT_SEALED: ({ database }) => ({
    what: ko`${database}은(는) 봉인되지 않았습니다`,
    why: '진행 중인 복사가 없거나, 방금 다른 사람이 봉인을 풀었습니다',
    next: '처음부터 다시 하세요: $oss db copy --to postgres://…',
  }),
  DATABASE_MOVED: ({ database, to }) => ({
    what: ko`${database}은(는) 이미 옮겼습니다`,
    why: ko`${to}이(가) 열려 있어 청약이 그곳에서 진행되었을 수 있습니다`,
    next: '그곳을 쓰세요. 되돌리려면 그곳에서 "oss db backup"으로 만든 백업을 새 파일에 복원하세요',
  }),
  COPY_ONE_WAY: ({ database }) => ({
    what: ko`${database}은(는) 이미 서버에 있습니다`,
    why: '"oss db copy"는 파일에서 서버로만 복사합니다',
    next: '파일로: $oss db backup 파일. 다른 서버로: "oss db backup" 뒤에 그곳에서 "oss db restore"',
  }),
  COPY_DIFFERS: ({ database, problem }) => ({
    what: `${database}에 도착한 것이 보낸 것과 다릅니다`,
    why: problemWords(problem),
    next: '아무도 그 사본을 쓰지 않으며 잃은 것도 없습니다. 원인을 찾은 뒤 같은 "oss db copy"를 다시 하거나, 여기에 남으세요: $oss db copy --unseal',
  }),
  DATABASE_POOLED: ({ database }) => ({
    what: `${database} 앞에 연결 풀러가 있습니다`,
    why: '트랜잭션마다 연결이 바뀔 수 있어 설정, 준비된 문장, 알림이 유지되지 않습니다',
    next: 'URL 뒤에 ?listen=off를 붙이세요. "oss db restore"와 "oss db copy"는 서버에 직접 연결해야 합니다',
  }),
  DATABASE_CROWDED: ({ database, cause }) => ({
    what: '데이터베이스가 연결을 더 받지 않습니다',
    why: `${database}: ${inWords(databaseFaults, cause)}`,
    next: '바뀐 것은 없습니다: 다시 하세요. 프로세스를 줄이거나 서버의 max_connections를 늘리세요. 프로세스 하나가 연결을 13개까지 씁니다',
  }),
  DATABASE_SLOW: ({ database }) => ({
    what: '데이터베이스가 제때 응답하지 않았습니다',
    why: `${database}에서 처리가 너무 오래 걸려 중단했습니다`,
    next: '바뀐 것은 없습니다: 다시 하세요. 계속 그러면 서버가 무엇을 하고 있는지 확인하세요',
  }),
  DATABASE_INCOMING: ({ database }) => ({
    what: ko`${database}을(를) 채우는 중이라 아직 쓸 수 없습니다`,
    why: '복원이나 복사가 진행 중이거나, 끝나기 전에 멈췄습니다',
    next: '끝날 때까지 기다리거나 같은 "oss db restore"나 "oss db copy"를 다시 하세요. 처음부터 다시 채웁니다',
  }),
  DATABASE_NOT_EMPTY: ({ database }) => ({
    what: ko`${database}이(가) 비어 있지 않습니다`,
    why: '서버에서는 이미 있는 것을 덮어쓰지 않습니다',
    next: '빈 데이터베이스를 만들고(createdb) 그것을 지정하세요. --db나 OSS_DB로 지정하면 지금 것을 대신합니다',
  }),
  PASSWORD_IN_URL: ({ origin }) => ({
    what: '데이터베이스 URL에 비밀번호가 들어 있습니다',
    why: `출처: ${origin}. 프로세스 목록이나 파일에서 다른 사람이 읽을 수 있습니다`,
    next:
      'URL에서 빼고 비밀번호를 바꾸세요. 새 비밀번호는 본인만 읽을 수 있는(0600) 파일에 두세요: ~/.pgpass(호스트:포트:데이터베이스:사용자:비밀번호), ' +
      '또는 $oss config set postgres.passwordFile FILE',
  }),
  DATABASE_INSECURE: ({ database, cause }) => ({
    what: ko`${database}와(과)의 연결이 안전하지 않습니다`,
    why: inWords(databaseFaults, cause),
    next: '서버에 인증서를 설치하고 sslmode=verify-full을 쓰세요(자체 인증 기관이면 sslrootcert=FILE). 위험을 감수하려면: $oss config set postgres.allowInsecure true',
  }),
  DATABASE_OLDER: ({ database, schema, known }) => ({
    what: ko`${database}은(는) 더 오래된 oss가 썼습니다`,
    why: ko`스키마 ${schema}, 이 프로그램에는 ${known}이(가) 필요합니다`,
    next: '$oss db migrate',
  }),
  DATABASE_READONLY: ({ database }) => ({
    what: `${database}에 쓸 수 없습니다`,
    why: '파일이나 폴더가 읽기 전용입니다',
    next: '파일과 폴더의 권한을 확인하세요',
  }),
  DATABASE_REPLACED: ({ file }) => ({
    what: ko`${file}이(가) 열려 있는 동안 지워지거나 바뀌었습니다`,
    why: '지금 쓰는 것은 다시 찾을 수 없게 됩니다; 접수되었다고 알린 것은 없습니다',
    next: '이 데이터베이스를 쓰는 프로세스를 모두 끝낸 다음 $oss db verify',
  }),
  DISK_ERROR: ({ path, cause }) => ({
    what: '디스크가 입출력 오류로 답했습니다',
    why: `${path}: ${inWords(databaseFaults, cause)}`,
    next: '접수되었다고 알린 것은 없습니다: 디스크와 시스템 로그를 살펴본 다음 $oss db verify',
  }),
  DATABASE_DAMAGED: ({ database, cause }) => ({
    what: ko`${database}이(가) 손상되었습니다`,
    why: inWords(databaseFaults, cause),
    next: '$oss db verify, 그다음 $oss db restore <백업>',
  }),
  BOUND_ELSEWHERE: ({ bound, configured }) => ({
    what: '이 데이터베이스는 설정된 것과 다른 연동 시스템의 것입니다',
    why: `데이터베이스: ${bound}; 설정: ${configured}`,
    next: '맞는 데이터베이스나 연동 시스템을 쓰거나 $oss db bind --reason "이유"',
  }),
  CLOCK_WITH_REAL_PEERS: () => ({
    what: '실제 연동 시스템에는 OSS_NOW를 쓸 수 없습니다',
    why: '옮긴 시계는 실제 방문을 틀린 시각에 잡습니다',
    next: 'OSS_NOW를 지우세요',
  }),
  CANNOT_LISTEN: ({ address, error }) => ({
    what: `${address}에서 접속을 받을 수 없습니다`,
    why:
      error === 'EADDRINUSE'
        ? '다른 프로그램이 그 포트를 쓰고 있습니다'
        : error === 'EACCES'
          ? '이 계정은 그 포트를 쓸 수 없습니다'
          : error === 'EADDRNOTAVAIL'
            ? '이 장비에 그런 주소가 없습니다'
            : `시스템의 답: ${error}`,
    next: '다른 주소를 쓰세요: $oss serve --listen 127.0.0.1:8081, 또는 serve.listen 설정',
  }),
  PLAIN_HTTP: ({ address }) => ({
    what: `${address}에는 다른 장비에서도 접속할 수 있는데 암호화되지 않습니다`,
    why: '토큰과 개인정보가 그대로 네트워크를 오갑니다',
    next: 'TLS를 처리하는 프록시를 serve.trustedProxies에 적거나, serve.allowHttp를 켜거나, 127.0.0.1에서 들으세요',
  }),
  PACKAGE_BROKEN: ({ name, fault }) => ({
    what: ko`패키지 ${name}을(를) 쓸 수 없습니다`,
    why: inWords(packageFaults, fault),
    next: '$oss가 설치된 폴더에서, 지금 쓰는 Node로 npm ci를 실행하세요',
  }),
} satisfies Partial<RefusalTexts>;
