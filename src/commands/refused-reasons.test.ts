import { afterEach, beforeEach, expect, test } from 'vitest';
import { type DeskHome, deskHome } from '../testing/cli/desk.fixture.ts';

let desk: DeskHome;
beforeEach(async () => {
  desk = await deskHome();
});
afterEach(() => desk.close());

// One order says why it is refused in a line of its own; several say it in their rows.
test.each(['en', 'ko'])(
  'each of several orders that are refused says why, also on a narrow terminal (%s)',
  async (lang) => {
    for (let i = 0; i < 2; i += 1) await desk.place();
    await desk.oss('order cancel 1 --code TEST -y');
    const alone = await desk.oss(`schedule assign 1 --lang ${lang}`);
    const [, why = ''] = /^(?:why|이유): (.+)$/m.exec(alone.stderr) ?? [];
    expect(why).not.toBe('');
    const { items } = (await desk.oss(`schedule assign 1 2 --lang ${lang} --json`)).json() as {
      items: { status: string; message: string }[];
    };
    expect(items[0]).toMatchObject({ status: 'failed', message: expect.stringContaining(`(${why})`) });
    const narrow = await desk.oss(`schedule assign 1 2 --lang ${lang} --color never`, {
      tty: true,
      columns: 40,
    });
    const together = (text: string): string => text.replace(/\s+/g, '');
    expect(together(narrow.stdout)).toContain(together(why));
  },
);
