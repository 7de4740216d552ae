import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { OSS } from '../support/real-process.ts';

const hasTmux = spawnSync('tmux', ['-V']).status === 0;
if (!hasTmux)
  console.warn(
    'SKIPPED: tmux is missing, so nobody works with the screen alone. Install it: apt install tmux',
  );

const TECHNICIANS = [
  'id,name,phone,skills,areas,hours,daysOff,dailyLimit',
  'T-01,이준호,010-9764-2471,internet|tv,강남구,Mon-Sun 09:00-18:00,,5',
  '',
].join('\n');

let folder = '';
let socket = '';
const env = (): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH,
  HOME: folder,
  OSS_HOME: folder,
  OSS_LANG: 'ko',
  OSS_NOW: '2026-11-24T01:00:00.000Z',
  LC_ALL: 'C.UTF-8',
  TERM: 'screen',
  SHELL: '/bin/sh',
});

const tmux = (...words: readonly string[]): string => {
  const { status, stdout, stderr } = spawnSync('tmux', ['-f', '/dev/null', '-S', socket, ...words], {
    env: env(),
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`tmux ${words.join(' ')}: ${stderr}`);
  return stdout;
};

/** What stands on the screen, once it matches. */
const sees = async (what: RegExp): Promise<string> => {
  for (let i = 0; i < 1_200; i += 1) {
    const screen = tmux('capture-pane', '-p');
    if (what.test(screen)) return screen;
    await setTimeout(50);
  }
  throw new Error(`never seen: ${what}\n${tmux('capture-pane', '-p')}`);
};

/** Types a text and presses a key, once the screen asks for it. */
const at = async (what: RegExp, text: string, key = 'Enter'): Promise<void> => {
  await sees(what);
  if (text !== '') tmux('send-keys', '-l', '--', text);
  tmux('send-keys', key);
};

/** Types a part of what is looked for; Enter is taken only once the search is over, so it is pressed until the question is gone. */
const choose = async (question: RegExp, text: string, found: RegExp): Promise<void> => {
  await sees(question);
  tmux('send-keys', '-l', '--', text);
  await sees(found);
  for (let i = 0; found.test(tmux('capture-pane', '-p')) && i < 100; i += 1) {
    tmux('send-keys', 'Enter');
    await setTimeout(200);
  }
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'oss-person-'));
  socket = join(folder, 'tmux');
  writeFileSync(join(folder, 'technicians.csv'), TECHNICIANS);
  const hired = spawnSync(process.execPath, [OSS, 'technician', 'import', join(folder, 'technicians.csv')], {
    env: env(),
  });
  expect(hired.status).toBe(0);
});
afterAll(() => {
  if (hasTmux) spawnSync('tmux', ['-S', socket, 'kill-server']);
  rmSync(folder, { recursive: true, force: true });
});

/** A question that is open stands on the last lines, behind its question mark. */
const HOME = /\? 관리자 \S+, .*찾거나 고르세요/;

test.runIf(hasTmux)(
  'a person takes, plans, completes and finds an order in Korean with the screen alone',
  {
    timeout: 240_000,
  },
  async () => {
    tmux('new-session', '-d', '-x', '100', '-y', '50', `'${process.execPath}' '${OSS}'; echo "끝: $?"; cat`);

    await choose(HOME, '접수합니다', /❯ 청약을 접수합니다/);
    await at(/\? 전화번호 *$/m, '01012345678');
    await at(/\? 고객 이름 *$/m, '홍길동');
    await at(/\? 주소 *$/m, '서울특별시 강남구 역삼로 12');
    await at(/\? 인터넷 회선 수 \(1\)/, '');
    await at(/\? TV 회선 수 \(0\)/, '');
    await at(/\? 방문하기 좋은 시간대/, '');
    await at(/\? 어느 날부터 방문할/, '');
    await at(/\? 메모 *$/m, '');
    await at(/\? 얼마나 급합니까/, '');
    await at(/이대로 접수할까요\?[\s\S]*❯ 접수/, '');
    await sees(/청약 ORD-000001이 접수되었습니다/);

    await choose(/! 방문을 배정할 청약 1건/, '배정할', /❯ ! 방문을 배정할 청약 1건/);
    await at(/무엇을 할까요\?[\s\S]*❯ .*전화/, '');
    await at(/ORD-000001, 언제 누가 방문할까요\?[\s\S]*❯ 2026-11-2/, '');
    await at(/고객에게는 어떻게 할까요\?[\s\S]*❯ 지금/, '', 'Up');
    await at(/❯ 이미 동의했습니다/, '');
    await sees(/방문 확정/);

    await at(/무엇을 할까요\?[\s\S]*❯ .*현장/, '', 'Down');
    await at(/❯ .*완료/, '');
    await at(/\? ONT 일련번호 *$/m, 'HWTC12345678');
    await at(/\? 광수신 레벨/, '-18.5');
    await at(/\? 서명자 \(홍길동\)/, '');
    await sees(/ORD-000001: 완료/);

    await at(/무엇을 할까요\?[\s\S]*❯ /, '', 'Escape');
    await choose(/찾거나 고르세요:[^✔]*$/, 'ㅎㄱㄷ', /❯ "ㅎㄱㄷ" 찾기/);
    const found = await sees(/ORD-000001 {2}완료[\s\S]*무엇을 할까요/);
    expect(found).toContain('홍*동');
    tmux('send-keys', 'Escape');
    await sees(/^\? 관리자 [^\n]*찾거나 고르세요/m);
    tmux('send-keys', 'Escape');
    await sees(/끝: 0/);
  },
);
