import { ROLES, type Role } from '../values/actor.ts';

const EVERYBODY: readonly Role[] = ROLES;
/** Who does by hand what the desk does: agrees visits, and says who goes there. */
const DESK: readonly Role[] = ['supervisor', 'dispatcher', 'tm', 'batch'];
/** Who takes orders and speaks for the customer. */
const SERVICE: readonly Role[] = ['supervisor', 'cs', 'batch'];
/** Who was there, and who enters what they tell by phone. A technician: on own visits only. */
const FIELD: readonly Role[] = ['supervisor', 'dispatcher', 'technician', 'batch'];
/** Who mends what failed in the network. */
const MENDING: readonly Role[] = ['supervisor', 'noc', 'batch', 'system'];
/** Who looks for the order of a person who calls: people, not programs. */
const LOOKING: readonly Role[] = ['supervisor', 'cs', 'dispatcher', 'tm', 'technician', 'noc'];
/** Who looks at who has looked. */
const AUDITING: readonly Role[] = ['supervisor'];
/** Who says what others may. */
const RIGHTS: readonly Role[] = ['supervisor'];
/** Who keeps the technicians and the areas. */
const STAFF: readonly Role[] = ['supervisor', 'dispatcher', 'batch'];
/** Who sees all orders, though masked: who visits sees their own. */
const ALL_BUT_FIELD: readonly Role[] = ROLES.filter((role) => role !== 'technician');
/** Who keeps the machine, the database and the settings. */
const KEEPING: readonly Role[] = ['supervisor', 'noc', 'system'];

/**
 * Who may do what: one row a use case, named as the command is. What only reads is for everybody, for what it shows of
 * customers is masked: `CLEAR` says who sees more.
 */
export const WHO_MAY = {
  'order new': SERVICE,
  'order amend': SERVICE,
  'order cancel': SERVICE,
  'order note': ['supervisor', 'cs', 'dispatcher', 'tm', 'technician', 'noc', 'batch'],
  'order list': EVERYBODY,
  'order show': EVERYBODY,
  find: LOOKING,
  mypage: EVERYBODY,
  events: EVERYBODY,
  status: EVERYBODY,
  report: EVERYBODY,
  'field today': EVERYBODY,
  'field next': EVERYBODY,
  'field show': EVERYBODY,
  'field start': FIELD,
  'field complete': FIELD,
  'field return': FIELD,
  'field revisit': FIELD,
  'field correct': FIELD,
  'schedule queue': EVERYBODY,
  'schedule slots': EVERYBODY,
  'schedule why': EVERYBODY,
  'schedule board': EVERYBODY,
  'schedule assign': DESK,
  'schedule call': DESK,
  'schedule move': DESK,
  'schedule unassign': DESK,
  'schedule plan': DESK,
  'fallout list': EVERYBODY,
  'fallout show': EVERYBODY,
  'fallout retry': MENDING,
  'fallout done': MENDING,
  'fallout waive': ['supervisor'],
  'technician list': EVERYBODY,
  'technician show': EVERYBODY,
  'technician import': STAFF,
  'technician on': STAFF,
  'technician off': STAFF,
  'area list': EVERYBODY,
  'area import': STAFF,
  /** Each row asks for itself. */
  'batch run': EVERYBODY,
  'batch resume': EVERYBODY,
  'batch retry': EVERYBODY,
  'batch show': EVERYBODY,
  'batch list': EVERYBODY,
  'batch template': EVERYBODY,
  worker: MENDING,
  'worker run': MENDING,
  'worker status': EVERYBODY,
  'ne list': EVERYBODY,
  'ne reconcile': MENDING,
  'breaker list': EVERYBODY,
  'breaker open': KEEPING,
  'breaker close': KEEPING,
  'customer show': EVERYBODY,
  'customer erase': ['supervisor', 'cs'],
  'access token new': RIGHTS,
  'access token list': RIGHTS,
  'access token revoke': RIGHTS,
  'audit list': AUDITING,
  'audit export': AUDITING,
  'audit review': AUDITING,
  'audit prune': AUDITING,
  'audit verify': EVERYBODY,
  'db init': KEEPING,
  'db info': EVERYBODY,
  'db bind': KEEPING,
  'db verify': EVERYBODY,
  'db head': EVERYBODY,
  'db rebuild': KEEPING,
  'db backup': KEEPING,
  'db restore': KEEPING,
  'db copy': KEEPING,
  'db migrate': KEEPING,
  'config get': EVERYBODY,
  'config list': EVERYBODY,
  'config path': EVERYBODY,
  'config validate': EVERYBODY,
  'config set': KEEPING,
  serve: KEEPING,
  /** These are asked over HTTP alone. */
  metrics: ALL_BUT_FIELD,
  'events feed': ALL_BUT_FIELD,
  simulate: EVERYBODY,
  demo: EVERYBODY,
  doctor: EVERYBODY,
  completion: EVERYBODY,
  version: EVERYBODY,
  help: EVERYBODY,
  whoami: EVERYBODY,
} as const satisfies Readonly<Record<string, readonly Role[]>>;

/** Who says what the accounts of the machine may act as (the settings `access.*`). */
export const ACCESS_KEEPERS: readonly Role[] = ['supervisor'];

export type UseCase = keyof typeof WHO_MAY;

export const isUseCase = (name: string): name is UseCase => Object.hasOwn(WHO_MAY, name);

/** Who sees personal data of any customer in clear. A technician: that of own visits. */
export const CLEAR: readonly Role[] = ['supervisor', 'cs', 'dispatcher', 'tm'];
