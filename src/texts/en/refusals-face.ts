import { asActor } from '../../core/rules/account-roles.ts';
import { inWords } from '../coded.ts';
import { flagName } from '../command-words.ts';
import type { RefusalTexts } from '../wording.ts';
import { expectations } from './expectations.ts';
import { needs, usageFaults } from './usage-faults.ts';

type Codes =
  | 'USAGE'
  | 'NOT_UTF8'
  | 'MISSING_FLAGS'
  | 'BAD_VALUE'
  | 'DENIED'
  | 'NOT_YOUR_ROLE'
  | 'NO_SUCH_ACTOR'
  | 'TOKEN_NOT_FOUND'
  | 'NOT_IN_CLEAR';

const SHOWN = 60;
const short = (value: string): string => (value.length > SHOWN ? `${value.slice(0, SHOWN)}…` : value);
const example = (line: string | null): { readonly next?: string } =>
  line === null ? {} : { next: `for example: $oss ${line}` };

export const faceRefusals: Pick<RefusalTexts, Codes> = {
  USAGE: (detail) => ({ what: inWords(usageFaults, detail.fault), ...example(detail.example) }),
  NOT_UTF8: ({ what }) => ({
    what: `${typeof what === 'number' ? `word ${what}` : what} is not UTF-8 text`,
    why: 'its bytes mean nothing in UTF-8; a terminal or script in EUC-KR (CP949) sends such',
    next: 'set the terminal to UTF-8 (LANG=ko_KR.UTF-8), or convert the script: iconv -f cp949 -t utf-8',
  }),
  MISSING_FLAGS: ({ command, needs: lacking, example: line }) => ({
    what: `"${command}" needs ${lacking.map((need) => inWords(needs, need)).join(', ')}`,
    ...example(line),
  }),
  BAD_VALUE: ({ flag, value, expected }) => ({
    what: value === '' ? `${flagName(flag)} is empty` : `${flagName(flag)} cannot be "${short(value)}"`,
    why: `expected ${inWords(expectations, expected)}`,
  }),
  DENIED: ({ actor, command, roles, whose }) => ({
    what: `${actor} may not do "${command}"`,
    why:
      whose === null
        ? `it is for ${roles.join(', ')}`
        : `it is the visit of ${whose}, and technicians report on their own visits only`,
    next: '$oss whoami',
  }),
  NOT_YOUR_ROLE: ({ actor, account, grants }) => ({
    what: `${account} may not act as ${actor}`,
    why:
      grants.length === 0
        ? 'access.roles grants this account nothing'
        : `access.roles grants this account ${grants.join(', ')}`,
    next:
      grants.length === 0
        ? 'ask a supervisor for a role: $oss config set access.roles …'
        : `leave --actor and OSS_ACTOR away, or name what is granted: --actor ${asActor(grants[0] ?? '', account)}`,
  }),
  TOKEN_NOT_FOUND: ({ tokenId }) => ({
    what: `there is no token ${tokenId}`,
    next: '$oss access token list',
  }),
  NOT_IN_CLEAR: ({ role, roles }) => ({
    what: `the role ${role} sees no personal data in clear`,
    why: `it is for ${roles.join(', ')}`,
    next: 'leave --pii away, or name another role',
  }),
  NO_SUCH_ACTOR: ({ actor, technicianId }) => ({
    what: `${actor} may do nothing here`,
    why: `there is no technician ${technicianId}`,
    next: '$oss technician list --actor supervisor:NAME',
  }),
};
