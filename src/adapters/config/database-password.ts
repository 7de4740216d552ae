import { existsSync } from 'node:fs';
import type { DatabaseServer } from './database-path.ts';
import { readPrivateFile, runSecretCommand, theLine } from './secrets.ts';

/** Who asks: the fields of a line in a password file. */
type Asking = {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
};

/**
 * The password of a database, asked for when its server wants one; null: none is known. Rejects with Refusal SECRET_READABLE or
 * CONFIG_FILE, whose texts never hold it.
 */
export const databasePassword =
  ({ password, address }: DatabaseServer) =>
  async (user: string): Promise<string | null> => {
    const { file, command, passFile } = password;
    if (file !== null) return theLine(file, readPrivateFile(file));
    if (command !== null) return await runSecretCommand('the password command', command, theLine);
    if (!passFile.named && !existsSync(passFile.path)) return null;
    return passwordIn(readPrivateFile(passFile.path), { ...address, user });
  };

/** The first line of a password file whose four fields fit; `*` fits all, a backslash takes the next sign as it is. */
export const passwordIn = (text: string, { host, port, database, user }: Asking): string | null => {
  // A server behind a socket is that of this machine, by whatever folder.
  const asked = [host.startsWith('/') ? 'localhost' : host, String(port), database, user];
  for (const line of text.split(/\r?\n/)) {
    if (line.startsWith('#')) continue;
    const fields = fieldsOf(line);
    const secret = fields[asked.length];
    if (secret !== undefined && asked.every((one, i) => fields[i] === one || fields[i] === '*'))
      return secret;
  }
  return null;
};

const fieldsOf = (line: string): readonly string[] =>
  [...line.matchAll(/(?:^|:)((?:\\.|[^:\\])*)/g)].map(([, field = '']) => field.replace(/\\(.)/g, '$1'));
