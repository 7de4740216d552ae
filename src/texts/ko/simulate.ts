import type { Texts } from '../catalogue.ts';

export const simulate = {
  peer: '연동 시스템',
  point: (environment) => `별도의 데이터베이스로 연결하려면: export ${environment}`,
  admin: (token) => `실행 중 장애 주입: /admin/faults에 헤더 X-Admin-Token: ${token}`,
  ledger: (path) => `실제로 일어난 일: GET /admin/ledger, 파일 ${path}`,
  stop: '모의 장비입니다; Ctrl-C로 멈춥니다',
} satisfies Texts['simulate'];
