import { DEFAULT_POLICY, type PeerTiming, REAL_NE } from '../../core/rules/policy.ts';
import { optional, type Setting, setting } from './setting.ts';
import { choice, flag, integer, text, url } from './value-types.ts';

const WORDS = { ne: 'Network Elements (TMF640)', tm: 'TM desk (TMF646)' } as const;
const milliseconds = (min: number, max: number) => integer(min, max, 'milliseconds');

export type PeerName = keyof typeof WORDS;

/** What is set alike for both peers. */
export type PeerKeys = {
  readonly url: Setting<string | null>;
  readonly timeoutMs: Setting<number>;
  readonly windowMs: Setting<number>;
  readonly settleMs: Setting<number>;
  readonly pollMs: Setting<number>;
  readonly pollMaxMs: Setting<number>;
  readonly bulkhead: Setting<number>;
  readonly tokenFile: Setting<string | null>;
  readonly tokenCommand: Setting<string | null>;
  readonly allowHttp: Setting<boolean>;
};

export const peerKeys = (peer: PeerName, timing: PeerTiming): PeerKeys => ({
  url: optional(`${peer}.url`, url, 'the built-in simulator', `Base URL of the ${WORDS[peer]}`),
  timeoutMs: setting(
    `${peer}.timeoutMs`,
    milliseconds(10, 600_000),
    timing.timeoutMs,
    'Total deadline of one request',
  ),
  windowMs: setting(
    `${peer}.windowMs`,
    milliseconds(10, 60_000),
    timing.windowMs,
    'A create or a call starts at most this long after its intent was written',
  ),
  settleMs: setting(
    `${peer}.settleMs`,
    milliseconds(0, 3_600_000),
    timing.settleMs,
    'How long the peer may still work on a request whose caller has gone',
  ),
  pollMs: setting(
    `${peer}.pollMs`,
    milliseconds(10, 3_600_000),
    timing.pollMs,
    'Pause between two looks at something that is going on',
  ),
  pollMaxMs: setting(
    `${peer}.pollMaxMs`,
    milliseconds(10, 604_800_000),
    timing.pollMaxMs,
    'Age at which something that never ends holds the order',
  ),
  bulkhead: setting(
    `${peer}.bulkhead`,
    integer(1, 256),
    8,
    'Requests of one process under way at the same time',
  ),
  tokenFile: optional(
    `${peer}.tokenFile`,
    text({ code: 'PRIVATE_FILE' }),
    'no token',
    'File with the bearer token',
  ),
  tokenCommand: optional(
    `${peer}.tokenCommand`,
    text({ code: 'COMMAND_LINE' }),
    'no token',
    'Command that prints the bearer token',
  ),
  allowHttp: setting(`${peer}.allowHttp`, flag, false, 'Allow plain http to a host that is not this one'),
});

/** What is set of the NE alone. */
export const neKeys = {
  consistencyMs: optional(
    'ne.consistencyMs',
    milliseconds(0, 86_400_000),
    `${REAL_NE.consistencyMs}; 0 for the built-in simulator`,
    'How long after a change a read of the NE may not show it yet',
  ),
  afterlookMinutes: setting(
    'ne.afterlookMinutes',
    integer(1, 10_080, 'minutes'),
    DEFAULT_POLICY.ne.afterlookMinutes,
    'An id that the NE told and no read ever showed is not believed absent before',
  ),
} as const;

export const revertVerb = setting<'patch' | 'delete'>(
  'ne.revertVerb',
  choice('patch', 'delete'),
  'patch',
  'How a service is switched off: PATCH to terminated, or DELETE',
);
