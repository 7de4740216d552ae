import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { type Access, firstGranted, parseAccountRule } from '../../core/rules/account-roles.ts';
import type { Policy } from '../../core/rules/policy.ts';
import { Refusal } from '../../core/rules/refusal.ts';
import { accessHere } from '../runtime/account.ts';
import { thisOrigin } from '../runtime/this-origin.ts';
import {
  type DatabasePlace,
  type DatabaseServer,
  databasePlace,
  type PasswordPlaces,
  serverPlace,
  unknownPlace,
} from './database-path.ts';
import { listEntries, type SettingEntry } from './entries.ts';
import type { FileValue } from './file-value.ts';
import { ALL_KEYS, KEYS } from './keys.ts';
import type { Origin } from './origin.ts';
import { configFilePath, type Env, expandPath, findCheckout, type Places, variable } from './paths.ts';
import { checkBothUrls, checkTls, type PeerSettings, pathSetting, peerSettings } from './peer-settings.ts';
import { checkTogether, policySettings } from './policy-settings.ts';
import { type Reader, reader } from './reader.ts';
import { type Flags, unknownKeys } from './sources.ts';
import { readYamlFile } from './yaml-file.ts';

export type BreakerSettings = {
  readonly failures: number;
  readonly withinMs: number;
  readonly openMs: number;
  readonly maxOpenMs: number;
};

export type ServeSettings = {
  /** `host:port`. */
  readonly listen: string;
  /** Without a slash at its end; null: as it listens. */
  readonly publicUrl: string | null;
  readonly trustedProxies: readonly string[];
  readonly allowHttp: boolean;
  readonly drainMs: number;
  readonly readDelayMs: number;
  readonly callerRate: number;
};

export type SimulateSettings = {
  readonly seed: number;
  readonly faults: readonly string[];
  /** Shares of the customers' answers; null: everybody agrees. */
  readonly answers: string | null;
  readonly latencyMs: number;
  readonly callMs: number;
};

/** Everything that can be set, checked. Nothing in it is secret: a token is only named, by its file or command. */
export type Settings = {
  readonly file: { readonly path: string; readonly named: boolean; readonly exists: boolean };
  readonly database: DatabasePlace;
  /** Where another database on a server is, reached as the settings say. Throws CONFIG_INVALID, PASSWORD_IN_URL, DATABASE_INSECURE. */
  readonly serverAt: (url: string, flag: string) => DatabaseServer;
  readonly policy: Policy;
  /** true: no URL is set, and the built-in simulators are the peers. */
  readonly simulated: boolean;
  readonly ne: PeerSettings & { readonly revertVerb: 'patch' | 'delete' };
  readonly tm: PeerSettings;
  readonly breaker: BreakerSettings;
  readonly inlineMaxMs: number;
  /** 0: never by itself. */
  readonly reconcileEveryMinutes: number;
  readonly serve: ServeSettings;
  readonly simulate: SimulateSettings;
  readonly tz: string;
  /** null: as the environment says. */
  readonly lang: 'en' | 'ko' | null;
  /** Line by line, and nothing that was printed changes. */
  readonly accessible: boolean;
  /** `role:name`; whether this account may call itself so, `access` says. */
  readonly actor: string;
  readonly access: Access;
  /** The account of the operating system that this process runs as. */
  readonly account: string;
  /** null: the areas of the technicians. */
  readonly areas: readonly string[] | null;
  /** Where the clock begins, UTC ISO; null: the real time. */
  readonly now: string | null;
  /** Of every key. */
  readonly origins: ReadonlyMap<string, Origin>;
  /** All keys with value and origin, for `oss config`. */
  readonly entries: () => readonly SettingEntry[];
};

export type SettingsOptions = {
  /** By dotted key: the values of `--db`, `--tz`, `--lang`, `--actor`; and of `--config` as `config`. */
  readonly flags?: Flags;
  readonly env: Env;
  /** Default: the process's. */
  readonly cwd?: string;
  /** The user's home folder. Default: HOME. */
  readonly home?: string;
  /** Root of the checkout, null for none. Default: where this program lies. */
  readonly checkout?: string | null;
};

/**
 * Reads the configuration: flag > environment > file > default.
 * Throws the first problem as a Refusal: CONFIG_FILE, CONFIG_UNKNOWN_KEY, CONFIG_INVALID or PEER_URL.
 */
export const loadSettings = (options: SettingsOptions): Settings => {
  const { settings, problems } = inspectSettings(options);
  if (problems[0] !== undefined) throw problems[0];
  return settings;
};

/** The same with every problem; where there are some, `settings` holds the defaults instead. */
export const inspectSettings = (
  options: SettingsOptions,
): { readonly settings: Settings; readonly problems: readonly Refusal[] } => {
  const places = placesOf(options);
  const flags = options.flags ?? {};
  const file = configFilePath(places, flags.config);
  const read = openReader(flags, places, file);
  const settings = buildSettings(read, places, { ...file, exists: existsSync(file.path) });
  return { settings, problems: read.problems() };
};

const placesOf = (options: SettingsOptions): Places => ({
  env: options.env,
  cwd: options.cwd ?? process.cwd(),
  home: options.home ?? options.env.HOME ?? homedir(),
  checkout: options.checkout === undefined ? findCheckout(import.meta.url) : options.checkout,
});

type NamedFile = { readonly path: string; readonly named: boolean };

const openReader = (flags: Flags, places: Places, file: NamedFile): Reader => {
  let values: ReadonlyMap<string, FileValue> = new Map();
  const problems: Refusal[] = [];
  try {
    values = readFile(file);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    problems.push(error);
  }
  const sources = { flags, env: places.env, file: { path: file.path, values } };
  const read = reader(sources);
  read.note([...problems, ...unknownKeys(sources)]);
  return read;
};

const readFile = ({ path, named }: NamedFile): ReadonlyMap<string, FileValue> => {
  if (existsSync(path)) return readYamlFile(path);
  if (named) throw new Refusal('CONFIG_FILE', { path, cause: { code: 'NO_SUCH_FILE' } });
  return new Map();
};

const buildSettings = (read: Reader, places: Places, file: Settings['file']): Settings => {
  const ne = peerSettings('ne', read, places);
  const tm = peerSettings('tm', read, places);
  checkBothUrls(ne, tm, read);
  checkTls({ ne, tm }, places.env, read);
  const policy = policySettings(read, ne, tm);
  checkTogether(read, policy);
  const breaker = breakerSettings(read);
  const server = {
    allowInsecure: read.pick(KEYS.postgres.allowInsecure),
    password: passwordPlaces(read, places),
  };
  const database = read.attempt(
    () => databasePlace(places, read.pick(KEYS.db), read.given(KEYS.db), server),
    unknownPlace(places),
  );
  const access = accessOf(read);
  const actor = read.pick(KEYS.actor) ?? defaultActor(access);
  return {
    file,
    database,
    serverAt: (url, flag) =>
      serverPlace(places, url, { raw: url, origin: { from: 'flag', name: flag } }, server),
    policy,
    simulated: ne.url === null && tm.url === null,
    ne: { ...ne, revertVerb: read.pick(KEYS.ne.revertVerb) },
    tm,
    breaker,
    inlineMaxMs: read.pick(KEYS.inlineMaxMs),
    reconcileEveryMinutes: read.pick(KEYS.reconcileEveryMinutes),
    serve: serveSettings(read),
    simulate: simulateSettings(read),
    tz: policy.tz,
    lang: read.pick(KEYS.lang),
    accessible: read.pick(KEYS.accessible),
    actor,
    access,
    account: thisOrigin().osUser,
    areas: read.pick(KEYS.areas),
    now: read.pick(KEYS.now),
    origins: new Map(ALL_KEYS.map((setting) => [setting.key, read.origin(setting)])),
    entries: () => listEntries(read, { [KEYS.db.key]: database.name, [KEYS.actor.key]: actor }),
  };
};

const passwordPlaces = (read: Reader, places: Places): PasswordPlaces => {
  const { passwordFile, passwordCommand } = KEYS.postgres;
  const file = pathSetting(read, passwordFile, places);
  const command = read.pick(passwordCommand);
  if (file !== null && command !== null)
    read.reject(passwordCommand, { code: 'NOTHING_BESIDE', key: passwordFile.key });
  const named = variable(places.env, 'PGPASSFILE');
  const path = expandPath(named ?? '~/.pgpass', places.cwd, places.home);
  return { file, command, passFile: { path, named: named !== undefined } };
};

const breakerSettings = (read: Reader): BreakerSettings => {
  const openMs = read.pick(KEYS.breaker.openMs);
  const maxOpenMs = read.pick(KEYS.breaker.maxOpenMs);
  if (maxOpenMs < openMs)
    read.reject(KEYS.breaker.maxOpenMs, { code: 'NOT_LESS_THAN', key: KEYS.breaker.openMs.key });
  return {
    failures: read.pick(KEYS.breaker.failures),
    withinMs: read.pick(KEYS.breaker.withinMs),
    openMs,
    maxOpenMs,
  };
};

const serveSettings = (read: Reader): ServeSettings => ({
  listen: read.pick(KEYS.serve.listen),
  publicUrl: read.pick(KEYS.serve.publicUrl),
  trustedProxies: read.pick(KEYS.serve.trustedProxies) ?? [],
  allowHttp: read.pick(KEYS.serve.allowHttp),
  drainMs: read.pick(KEYS.serve.drainMs),
  readDelayMs: read.pick(KEYS.serve.readDelayMs),
  callerRate: read.pick(KEYS.serve.callerRate),
});

const simulateSettings = (read: Reader): SimulateSettings => ({
  seed: read.pick(KEYS.simulate.seed),
  faults: read.pick(KEYS.simulate.faults) ?? [],
  answers: read.pick(KEYS.simulate.answers),
  latencyMs: read.pick(KEYS.simulate.latencyMs),
  callMs: read.pick(KEYS.simulate.callMs),
});

const accessOf = (read: Reader): Access =>
  accessHere(
    read
      .pick(KEYS.accessRoles)
      ?.map(parseAccountRule)
      .filter((rule) => rule !== null) ?? null,
  );

/** A role and the OS user, whose name may hold what an actor's may not. Who is granted nothing has a name all the same. */
const defaultActor = (access: Access): string => {
  const name = thisOrigin().osUser.replace(/[^\p{L}\p{N}._@+-]/gu, '-');
  return KEYS.actor.read(firstGranted(access, name) ?? `supervisor:${name}`) ?? 'supervisor:unknown';
};
