import type { Texts } from '../catalogue.ts';
import { inWords } from '../coded.ts';
import { causes } from './causes.ts';
import { ko } from './particles.ts';

export const http = {
  faults: {
    NO_ROUTE: () => ({ what: '이 경로에는 아무것도 없습니다', why: '있는 것은 /openapi.json을 보세요' }),
    METHOD_NOT_ALLOWED: ({ method, allowed }) => ({
      what: ko`여기서 ${method}은(는) 쓸 수 없습니다`,
      why: `쓸 수 있는 것: ${allowed.join(', ')}`,
    }),
    NOT_ACCEPTABLE: ({ offered }) => ({
      what: 'Accept에 적힌 형식으로는 답할 수 없습니다',
      why: `답할 수 있는 형식: ${offered.join(', ')}`,
    }),
    MALFORMED: () => ({ what: '올바른 HTTP 요청이 아닙니다' }),
    HEADERS_TOO_LARGE: () => ({ what: '요청의 헤더가 너무 큽니다' }),
    TOO_SLOW: () => ({
      what: '요청이 너무 느리게 들어왔습니다',
      why: '아무것도 처리하지 않았으니 다시 보내도 됩니다',
    }),
    BODY_TYPE: ({ type, accepted }) => ({
      what: type === '' ? '본문의 형식이 적혀 있지 않습니다' : `여기서는 ${type} 형식의 본문을 읽지 않습니다`,
      why: `Content-Type 헤더에 쓸 수 있는 것: ${accepted.join(', ')}`,
    }),
    BODY_TOO_LARGE: ({ most }) => ({ what: `본문이 ${most}바이트보다 큽니다` }),
    BODY_UNREADABLE: ({ cause }) => ({ what: '본문을 읽을 수 없습니다', why: inWords(causes, cause) }),
    BODY_UNWANTED: () => ({ what: '여기서는 본문을 읽지 않는데 본문이 왔습니다' }),
    TOKEN_MISSING: () => ({
      what: '토큰이 필요합니다',
      why: 'Authorization 헤더에 Bearer와 "oss access token new"로 만든 토큰을 적으세요',
    }),
    TOKEN_REFUSED: () => ({
      what: '쓸 수 없는 토큰입니다',
      why: '모르는 토큰이거나, 기한이 지났거나, 폐기되었습니다',
    }),
    TOO_MANY_REQUESTS: ({ seconds }) => ({
      what: '한 호출자의 요청이 너무 많습니다',
      why: `${seconds}초 뒤에 다시 오세요`,
    }),
    OVERLOADED: ({ seconds }) => ({
      what: '지금은 처리할 것이 너무 많습니다',
      why: `아무것도 처리하지 않았습니다. ${seconds}초 뒤에 다시 오세요`,
    }),
    ENDING: ({ seconds }) => ({
      what: '이 서버는 곧 종료됩니다',
      why: `다른 서버가 이어받습니다. ${seconds}초 뒤에 다시 오세요`,
    }),
  },
  bug: '서버에 예상하지 못한 문제가 생겼습니다. 서버의 로그에 남아 있습니다',
  listening: (url, listen) =>
    url === `http://${listen}`
      ? `${url}에서 서비스합니다`
      : `${url}에서 서비스하며 ${listen}에서 접속을 받습니다`,
  listens: '접속 주소',
  worker: '모든 청약의 남은 단계도 이 프로세스에서 처리합니다',
  ending: (seconds) =>
    seconds === 0
      ? '더는 접속을 받지 않습니다'
      : `${seconds}초 동안은 /readyz가 아니라고 답하며 요청에는 계속 답합니다`,
  ended: (cut) => (cut === 0 ? '모든 요청에 답했습니다' : `요청 ${cut}건을 끊었습니다`),
  stop: 'Ctrl-C로 멈춥니다',
  cancelDenied: (code) => `이제는 취소할 수 없습니다(${code}). 청약은 그대로 진행됩니다`,
} satisfies Texts['http'];
