import { shellWord } from '../../core/values/shell-word.ts';
import { inWords } from '../coded.ts';
import type { RefusalTexts } from '../wording.ts';
import { databaseFaults } from './database-faults.ts';
import { problemWords } from './db.ts';
import { expectations } from './expectations.ts';
import { fileFaults } from './file-faults.ts';
import { packageFaults } from './package-faults.ts';
import { urlFaults } from './url-faults.ts';

type Codes =
  | 'CONFIG_UNKNOWN_KEY'
  | 'CONFIG_INVALID'
  | 'CONFIG_FILE'
  | 'SECRET_READABLE'
  | 'PEER_URL'
  | 'TLS_UNCHECKED'
  | 'DATABASE_MISSING'
  | 'FOLDER_MISSING'
  | 'DATABASE_EXISTS'
  | 'DATABASE_FOREIGN'
  | 'NOT_A_BACKUP'
  | 'DATABASE_NEWER'
  | 'DATABASE_UNFIT'
  | 'DATABASE_CLOSED'
  | 'DATABASE_SEALED'
  | 'NOT_SEALED'
  | 'DATABASE_MOVED'
  | 'COPY_ONE_WAY'
  | 'COPY_DIFFERS'
  | 'DATABASE_POOLED'
  | 'DATABASE_CROWDED'
  | 'DATABASE_SLOW'
  | 'DATABASE_INCOMING'
  | 'DATABASE_NOT_EMPTY'
  | 'PASSWORD_IN_URL'
  | 'DATABASE_INSECURE'
  | 'DATABASE_OLDER'
  | 'DATABASE_READONLY'
  | 'DATABASE_REPLACED'
  | 'DISK_ERROR'
  | 'DATABASE_DAMAGED'
  | 'BOUND_ELSEWHERE'
  | 'CLOCK_WITH_REAL_PEERS'
  | 'PACKAGE_BROKEN'
  | 'CANNOT_LISTEN'
  | 'PLAIN_HTTP';

export const settingRefusals: Pick<RefusalTexts, Codes> = {
  CONFIG_UNKNOWN_KEY: ({ key, origin, suggestion }) => ({
    what: `there is no setting ${key}${suggestion === null ? '' : `; did you mean ${suggestion}?`}`,
    why: `it comes from: ${origin}`,
    next: '$oss config list',
  }),
  CONFIG_INVALID: ({ key, origin, value, expected }) => ({
    what: `the setting ${key} cannot be "${value}"`,
    why: `it comes from: ${origin}; expected ${inWords(expectations, expected)}`,
    next: '$oss config validate',
  }),
  CONFIG_FILE: ({ path, cause }) => ({
    what: `the configuration file ${path} cannot be used`,
    why: inWords(fileFaults, cause),
    next: '$oss config path',
  }),
  SECRET_READABLE: ({ path, mode }) => ({
    what: `the secret in ${path} can be read by others`,
    why: `its mode is ${mode}`,
    next: `chmod 600 ${shellWord(path)}`,
  }),
  TLS_UNCHECKED: ({ variable }) => ({
    what: `${variable}=0 is set, and the peers are real`,
    why: 'any certificate would do, and whoever stands between would get the token and give the answers',
    next: `unset ${variable}; a certificate authority of your own: NODE_EXTRA_CA_CERTS`,
  }),
  PEER_URL: ({ key, cause }) => ({
    what: `the peer in ${key} cannot be used`,
    why: inWords(urlFaults, cause),
    next: '$oss config list --origin',
  }),
  DATABASE_MISSING: ({ database }) => ({
    what: `there is no database ${database}`,
    why: 'the first order makes the default one; one that is named is made by db init',
    next: `check the path, or make a new one: $oss db init --db ${shellWord(database)}`,
  }),
  FOLDER_MISSING: ({ folder }) => ({
    what: `the folder ${folder} is not there`,
    why: 'a copy in a folder that was mistyped would be found by nobody',
    next: `mkdir -p ${shellWord(folder)}`,
  }),
  DATABASE_EXISTS: ({ file }) => ({ what: `${file} exists already`, next: 'choose another file' }),
  DATABASE_FOREIGN: ({ database, cause }) => ({
    what: `${database} is not a database of oss`,
    why: inWords(databaseFaults, cause),
    next: 'check --db and OSS_DB: $oss config list --origin',
  }),
  NOT_A_BACKUP: ({ path, cause }) => ({
    what: `${path} is no backup that can be restored`,
    why: cause === null ? 'there is no such file' : inWords(databaseFaults, cause),
    next: 'name a file that db backup has made',
  }),
  DATABASE_NEWER: ({ database, schema, known }) => ({
    what: `${database} was written by a newer oss`,
    why: `its schema is ${schema}, this program knows ${known}`,
    next: 'use the newer program',
  }),
  DATABASE_UNFIT: ({ database, setting, value, wanted }) => ({
    what: `${database} is not fit to keep orders`,
    why: `its server says ${setting} = ${value}; ${wanted} is needed`,
    next: 'have the server set so; nothing was changed',
  }),
  DATABASE_CLOSED: ({ database, cause }) => ({
    what: `${database} does not let us in`,
    why: inWords(databaseFaults, cause),
    next: 'check --db and OSS_DB, the role and its password: $oss config list --origin',
  }),
  DATABASE_SEALED: ({ database, to }) => ({
    what: `${database} is sealed: it moves to ${to}, or has moved`,
    why: 'two databases of the same orders must never be written to',
    next: `go on with the same $oss db copy --to ${shellWord(to)}; when that is done, set db or OSS_DB to it. To stay here: $oss db copy --unseal`,
  }),
  NOT_SEALED: ({ database }) => ({
    what: `${database} is not sealed`,
    why: 'there is no copy of it that goes on, or somebody has just unsealed it',
    next: 'begin anew: $oss db copy --to postgres://…',
  }),
  DATABASE_MOVED: ({ database, to }) => ({
    what: `${database} has moved`,
    why: `${to} is open, and orders may have gone on there`,
    next: 'use that one; the way back is a backup of it (db backup), which is restored into a new file',
  }),
  COPY_ONE_WAY: ({ database }) => ({
    what: `${database} is on a server already`,
    why: 'db copy goes from a file to a server',
    next: 'to a file: $oss db backup FILE; to another server: db backup, then db restore there',
  }),
  COPY_DIFFERS: ({ database, problem }) => ({
    what: `what arrived in ${database} is not what was sent`,
    why: problemWords(problem),
    next: 'nobody uses the copy, and nothing is lost: find out why, then say the same db copy again, or stay: $oss db copy --unseal',
  }),
  DATABASE_POOLED: ({ database }) => ({
    what: `a pooler stands in front of ${database}`,
    why: 'each transaction may get another connection, so settings, prepared statements and notifications do not hold',
    next: 'put ?listen=off behind its URL; db restore and db copy need the server itself',
  }),
  DATABASE_CROWDED: ({ database, cause }) => ({
    what: 'the database takes no more connections',
    why: `${database}: ${inWords(databaseFaults, cause)}`,
    next: 'nothing was changed: try again; run fewer processes, or have the server allow more (max_connections): each process takes 13 at most',
  }),
  DATABASE_SLOW: ({ database }) => ({
    what: 'the database did not answer in time',
    why: `a statement took too long in ${database}, and was given up`,
    next: 'nothing was changed: try again; if it stays so, look at what else the server does',
  }),
  DATABASE_INCOMING: ({ database }) => ({
    what: `${database} is being filled, and is not open yet`,
    why: 'a restore or a copy into it goes on, or was ended before it was through',
    next: 'wait for it, or say the same db restore or db copy again: it begins anew',
  }),
  DATABASE_NOT_EMPTY: ({ database }) => ({
    what: `${database} is not empty`,
    why: 'on a server nothing is put in the place of what is there',
    next: 'make an empty database (createdb) and name that one; it takes the place of this one when --db or OSS_DB names it',
  }),
  PASSWORD_IN_URL: ({ origin }) => ({
    what: 'a password stands in the URL of the database',
    why: `${origin}: others can read it there, in the list of processes or in a file`,
    next:
      'take it out of the URL and change it; write the new one into a file of yours with mode 0600: ~/.pgpass (host:port:database:user:password), ' +
      'or $oss config set postgres.passwordFile FILE',
  }),
  DATABASE_INSECURE: ({ database, cause }) => ({
    what: `the line to ${database} is not safe`,
    why: inWords(databaseFaults, cause),
    next: 'give the server a certificate and use sslmode=verify-full (with sslrootcert=FILE for an authority of your own); who takes the risk sets postgres.allowInsecure: $oss config set postgres.allowInsecure true',
  }),
  DATABASE_OLDER: ({ database, schema, known }) => ({
    what: `${database} was written by an older oss`,
    why: `its schema is ${schema}, this program needs ${known}`,
    next: '$oss db migrate',
  }),
  DATABASE_READONLY: ({ database }) => ({
    what: `${database} cannot be written`,
    why: 'the file or its folder is read-only',
    next: 'check the permissions of the file and its folder',
  }),
  DATABASE_REPLACED: ({ file }) => ({
    what: `${file} was deleted or replaced while it was open`,
    why: 'what is written now would not be found again; nothing was acknowledged',
    next: 'end every process that uses the database, then $oss db verify',
  }),
  DISK_ERROR: ({ path, cause }) => ({
    what: 'the disk answered with an I/O error',
    why: `${path}: ${inWords(databaseFaults, cause)}`,
    next: 'nothing was acknowledged: look at the disk and at the log of the system, then $oss db verify',
  }),
  DATABASE_DAMAGED: ({ database, cause }) => ({
    what: `${database} is damaged`,
    why: inWords(databaseFaults, cause),
    next: '$oss db verify, then $oss db restore <backup>',
  }),
  BOUND_ELSEWHERE: ({ bound, configured }) => ({
    what: 'this database belongs to other peers than the configured ones',
    why: `it is bound to ${bound}; configured is ${configured}`,
    next: 'name the right database or peers, or $oss db bind --reason "why"',
  }),
  CLOCK_WITH_REAL_PEERS: () => ({
    what: 'OSS_NOW is not allowed with real peers',
    why: 'a moved clock would book real visits at wrong times',
    next: 'unset OSS_NOW',
  }),
  CANNOT_LISTEN: ({ address, error }) => ({
    what: `nothing can listen on ${address}`,
    why:
      error === 'EADDRINUSE'
        ? 'another program has that port'
        : error === 'EACCES'
          ? 'this account may not take that port'
          : error === 'EADDRNOTAVAIL'
            ? 'this machine has no such address'
            : `the system says ${error}`,
    next: 'name another: $oss serve --listen 127.0.0.1:8081, or serve.listen',
  }),
  PLAIN_HTTP: ({ address }) => ({
    what: `${address} can be reached from other machines, and nothing encrypts what goes there`,
    why: 'tokens and personal data would go over the wire in clear',
    next: 'name the proxy that ends TLS in serve.trustedProxies, or say serve.allowHttp, or listen on 127.0.0.1',
  }),
  PACKAGE_BROKEN: ({ name, fault }) => ({
    what: `the package ${name} cannot be used`,
    why: inWords(packageFaults, fault),
    next: 'run npm ci in the folder of $oss, with the Node that runs it',
  }),
};
