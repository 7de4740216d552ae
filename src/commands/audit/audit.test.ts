import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inEveryFormat, machineRoom } from '../../testing/cli/machine.fixture.ts';
import type { Desk } from '../../testing/cli/orders.fixture.ts';
import { validateOutput } from '../../testing/cli/validate-output.ts';
import { asIntruder } from '../../testing/store/as-intruder.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await machineRoom(2);
});
afterEach(() => desk.close());

const home = (name: string): string => join(desk.env().OSS_HOME ?? '', name);
const CS = { OSS_ACTOR: 'cs:kim' };
const as = (extra: Readonly<Record<string, string>>) => ({ env: { ...desk.env(), ...extra } });

type Row = { readonly action: string; readonly actor: string; readonly seq: number; readonly face: string };
const rows = async (...line: readonly string[]): Promise<readonly Row[]> =>
  ((await desk.oss(['audit', 'list', ...line, '-o', 'json'])).json() as { items: readonly Row[] }).items;

/** Both halves of a key, in files. */
const keys = () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  writeFileSync(home('key.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  writeFileSync(home('key.pub'), publicKey.export({ type: 'spki', format: 'pem' }));
  return { secret: home('key.pem'), open: home('key.pub') };
};

describe('audit list and export', () => {
  it('tell who looked at whom, the latest first, and write down that they were read', async () => {
    await desk.oss(['order', 'show', '1'], as(CS));
    await desk.oss(['customer', 'show', 'CUS-000001'], as(CS));
    const told = (await inEveryFormat(desk, ['audit', 'list', '--by', 'cs:kim'])) as {
      items: readonly Row[];
    };
    expect(validateOutput('oss.audit/1', told)).toEqual([]);
    expect(told.items.map(({ action }) => action)).toEqual(['pii.read', 'pii.read']);
    const about = await rows('--about', 'CUS-000001', '--action', 'pii.read');
    expect(about).toMatchObject([{ actor: 'cs:kim' }, { actor: 'cs:kim' }]);
    expect((await rows())[0]).toMatchObject({
      action: 'audit.read',
      actor: 'supervisor:lee',
      face: 'console',
    });
    const exported = await desk.oss(['audit', 'export', '-o', 'ndjson']);
    const all = exported.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Row);
    expect(all.map(({ seq }) => seq)).toEqual(all.map((_, i) => i + 1));
    expect(all.length).toBeGreaterThan(3);
  });

  it('tell what for, when it was said; a phone number in it is not kept', async () => {
    const said = '요금 문의, 010-1234-5678로 회신';
    await desk.oss(['order', 'list', '--show-pii', '--purpose', said]);
    await desk.oss(['order', 'show', '1', '--purpose', 'a complaint'], as({ OSS_ACTOR: 'technician:T-77' }));
    await desk.oss(['config', 'set', 'late.visit.graceMinutes', '20', '--purpose', 'winter']);
    await desk.oss(['order', 'list', '--show-pii']);
    const kept = (await rows()) as readonly (Row & { readonly purpose: string | null })[];
    const of = (wanted: string) =>
      kept.filter(({ action }) => action === wanted).map(({ purpose }) => purpose);
    expect(of('pii.read')).toEqual([null, expect.stringMatching(/^요금 문의, [^0-9]*로 회신$/)]);
    expect(of('denied')).toEqual(['a complaint']);
    expect(of('config.set')).toEqual(['winter']);
    expect((await desk.oss(['order', 'list', '--purpose', 'x'.repeat(201)])).exitCode).toBe(2);
  });

  it.each([['list'], ['export'], ['review', '--month', '2026-11']])(
    'are for supervisors: audit %s is refused to another, which is written down',
    async (...line) => {
      const { exitCode, stdout } = await desk.oss(['audit', ...line], as(CS));
      expect(exitCode).toBe(5);
      expect(stdout).toBe('');
      expect((await rows('--action', 'denied'))[0]).toMatchObject({ actor: 'cs:kim' });
    },
  );
});

describe('audit review', () => {
  it('counts for each person: readings, whose, odd hours, bulk, and what was refused', async () => {
    await desk.oss(['order', 'show', '1'], as({ ...CS, OSS_NOW: '2026-11-24T23:30:00+09:00' }));
    await desk.oss(['order', 'show', '1'], as(CS));
    await desk.oss(['breaker', 'open', 'ne', '--for', '10m', '--reason', 'x'], as(CS));
    const json = (await inEveryFormat(desk, ['audit', 'review', '--month', '2026-11'])) as {
      items: readonly { readonly actor: string }[];
    };
    expect(validateOutput('oss.audit-review/1', json)).toEqual([]);
    expect(json.items.find(({ actor }) => actor === 'cs:kim')).toMatchObject({
      readings: 2,
      unusualHours: 1,
      bulk: 0,
      denied: 1,
    });
    expect((await desk.oss(['audit', 'review', '--month', '2026-13'])).exitCode).toBe(2);
    const other = await desk.oss(['audit', 'review', '--month', '2025-01', '-o', 'json']);
    expect(other.json()).toMatchObject({ items: [] });
  });
});

describe('audit prune', () => {
  const LATER = { OSS_NOW: '2029-01-15T10:00:00+09:00' };

  it('takes away what is too old, leaves signed anchors, and says and writes down that it did', async () => {
    const { secret, open } = keys();
    await desk.oss(['order', 'list', '--show-pii']);
    expect((await desk.oss(['audit', 'prune', '--sign', secret, '-y', '-o', 'json'])).json()).toMatchObject({
      rows: 0,
    });
    const before = (await rows('--limit', '1000')).length;
    expect((await desk.oss(['audit', 'prune', '--sign', secret], as(LATER))).exitCode).toBe(2);
    const pruned = await desk.oss(['audit', 'prune', '--sign', secret, '-y', '-o', 'json'], as(LATER));
    expect(validateOutput('oss.audit-pruned/1', pruned.json())).toEqual([]);
    expect(pruned.json()).toMatchObject({ anchors: 1 });
    expect((pruned.json() as { rows: number }).rows).toBeGreaterThanOrEqual(before);
    expect((await rows()).map(({ action }) => action)).toEqual(['audit.read', 'audit.prune']);
    for (const line of [
      ['audit', 'verify', '--key', open],
      ['audit', 'verify'],
      ['db', 'verify'],
    ])
      expect((await desk.oss(line)).exitCode, line.join(' ')).toBe(0);
  });

  it('an anchor that somebody forged is found by the key, and a row that went without one by anybody', async () => {
    const { secret, open } = keys();
    await desk.oss(['order', 'list', '--show-pii']);
    await desk.oss(['audit', 'prune', '--sign', secret, '-y'], as(LATER));
    const db = new Database(home('oss.db'));
    asIntruder(db, "update audit_anchors set signature = 'AAAA'");
    expect((await desk.oss(['audit', 'verify'])).exitCode).toBe(0);
    const forged = await desk.oss(['audit', 'verify', '--key', open, '-o', 'json']);
    expect(forged.exitCode).toBe(1);
    expect(validateOutput('oss.audit-verified/1', forged.json())).toEqual([]);
    expect(forged.json()).toMatchObject({ problems: [expect.stringMatching(/^audit-signature: /)] });
    asIntruder(db, 'delete from audit_anchors');
    db.close();
    expect((await inEveryFormat(desk, ['audit', 'verify'], 1)) as object).toMatchObject({
      problems: [expect.stringMatching(/^audit-gap: /)],
    });
  });

  it('keeps changes of rights for three years', async () => {
    const { secret } = keys();
    const at = '2026-11-24T01:00:00.000Z';
    await desk.open(async (services) =>
      (await services.store('write')).write(async (tx) => {
        for (const action of ['pii.read', 'access.change', 'pii.read'])
          await tx.audit.add({ at, actor: 'supervisor:lee', action, subject: 'x', detail: {} });
      }),
    );
    await desk.oss(['audit', 'prune', '--sign', secret, '-y'], as(LATER));
    expect((await rows('--about', 'x')).map(({ action }) => action)).toEqual(['audit.read', 'access.change']);
    expect((await desk.oss(['audit', 'verify'])).exitCode).toBe(0);
    await desk.oss(['audit', 'prune', '--sign', secret, '-y'], as({ OSS_NOW: '2030-01-15T10:00:00+09:00' }));
    expect(await rows('--about', 'x', '--action', 'access.change')).toEqual([]);
    expect((await desk.oss(['audit', 'verify'])).exitCode).toBe(0);
  });
});

describe('what is done to the database', () => {
  it('is written down: backup, in the copy too, rebuild, restore', async () => {
    const copy = home('copy.db');
    await desk.oss(['db', 'backup', copy]);
    const inCopy = new Database(copy, { readonly: true });
    expect(inCopy.prepare('select action from audit order by id desc').pluck().get()).toBe('backup.read');
    inCopy.close();
    await desk.oss(['db', 'rebuild']);
    await desk.oss(['db', 'restore', copy, '-y']);
    const told = (await rows()).map(({ action }) => action);
    expect(told).toEqual(expect.arrayContaining(['audit.read', 'db.restore', 'db.rebuild', 'backup.read']));
    expect((await desk.oss(['db', 'verify'])).exitCode).toBe(0);
  });
});

describe('a head that is kept elsewhere', () => {
  it('shows a tail that was cut off, of the log and of the audit, and a forged head', async () => {
    const { secret, open } = keys();
    await desk.oss(['order', 'list', '--show-pii']);
    const head = await desk.oss(['db', 'head', '--sign', secret, '-o', 'json']);
    expect(validateOutput('oss.head/1', head.json())).toEqual([]);
    const file = home('head.json');
    writeFileSync(file, head.stdout);
    const checked = ['db', 'verify', '--head', file, '--key', open, '-o', 'json'];
    await desk.oss(['order', 'note', '1', '--text', 'later']);
    expect((await desk.oss(checked)).exitCode).toBe(0);
    const problems = async (): Promise<readonly string[]> =>
      ((await desk.oss(checked)).json() as { problems: { problem: string }[] }).problems.map(
        ({ problem }) => problem,
      );
    const db = new Database(home('oss.db'));
    asIntruder(db, 'delete from audit where id = (select max(id) from audit)');
    expect(await problems()).toEqual([expect.stringMatching(/^audit-head: /)]);
    expect((await desk.oss(['db', 'verify'])).exitCode, 'without the head nothing shows').toBe(0);
    asIntruder(db, 'delete from events where position >= (select max(position) - 1 from events)');
    expect(await problems()).toContain('head');
    db.close();
    writeFileSync(file, head.stdout.replace(/"position": ?[0-9]+/, '"position": 1'));
    expect(await problems()).toContain('head-signature');
    await desk.oss(['db', 'rebuild']);
    expect((await desk.oss(['db', 'verify', '--head', home('none')])).exitCode).toBe(2);
  });
});
