import type { Services } from '../../adapters/compose.ts';
import { admit } from '../../core/app/admit.ts';
import { findAnything } from '../../core/app/orders/find-anything.ts';
import { summariesOf } from '../../core/app/orders/find-orders.ts';
import {
  type Waiting,
  type WaitingCount,
  waitingOrders,
  whatWaits,
} from '../../core/app/overview/what-waits.ts';
import { formatLocal } from '../../core/time/zone.ts';
import { parseActor } from '../../core/values/actor.ts';
import { assertNever } from '../../core/values/assert-never.ts';
import { actionsOn } from '../../core/views/order-actions.ts';
import type { OrderSummary } from '../../core/views/order-summary.ts';
import { type Choice, PromptBack, PromptCancelled, type Prompts } from '../../faces/cli/terminal/prompts.ts';
import { safeLine } from '../../faces/cli/terminal/safe-text.ts';
import { isPlain } from '../../faces/cli/terminal/terminal.ts';
import type { Texts } from '../../texts/catalogue.ts';
import { type HelpWords, loadHelpWords } from '../../texts/help-words.ts';
import { loadTexts } from '../../texts/texts.ts';
import { actorDeps } from '../changing.ts';
import { settingFlags } from '../framework/parse/globals.ts';
import type { OpenHome, Session } from '../framework/run/session.ts';
import { COMMANDS_OF } from './commands-of-role.ts';

type Place = {
  readonly t: Texts;
  readonly words: HelpWords;
  readonly prompts: Prompts;
  readonly session: Session;
  readonly run: Parameters<OpenHome>[1]['run'];
  /** Opens the services for one look, so that nothing is held open while a person thinks. */
  readonly look: <T>(work: (services: Services) => Promise<T>) => Promise<T>;
};

type Chosen =
  | { readonly kind: 'waiting'; readonly what: Waiting }
  | { readonly kind: 'command'; readonly words: readonly string[] }
  | { readonly kind: 'find'; readonly text: string }
  | { readonly kind: 'leave' };

/**
 * The program alone on a terminal: what waits for this person, a line to search with, and what may be done with what is chosen; it
 * comes back after each. Ends when the person leaves.
 */
export const openHome: OpenHome = async (session, { lang, globals, run }) => {
  const t = await loadTexts(lang);
  const request = { flags: settingFlags(globals), env: session.env };
  const { accessible } = (await session.configuration.inspect(request)).settings;
  const place: Place = {
    t,
    words: await loadHelpWords(lang),
    prompts: session.openPrompts(t, { plain: isPlain(session.env, accessible) }),
    session,
    run,
    look: async (work) => {
      const services = await session.openServices(request);
      try {
        await admit(services, services.store, { access: services.settings.access, command: null });
        return await work(services);
      } finally {
        await services.close();
      }
    },
  };
  while (!session.signal.aborted) {
    const chosen = await choose(place);
    if (chosen.kind === 'leave') return;
    await comingBack(() => follow(place, chosen));
  }
};

/** What was gone back from, or not answered, leads to the place before. */
const comingBack = async (work: () => Promise<void>): Promise<void> => {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof PromptCancelled)) throw error;
  }
};

const choose = async (place: Place): Promise<Chosen> => {
  const { t, prompts } = place;
  const { waiting, actor, now } = await place.look(async (services) => ({
    waiting: await whatWaits(await actorDeps({ services }, 'read')),
    actor: services.actor,
    now: formatLocal(services.clock.now(), services.settings.tz),
  }));
  const { role, name } = parseActor(actor) ?? { role: 'system' as const, name: actor };
  const waits = waiting.filter(({ orders }) => orders > 0);
  const commands = COMMANDS_OF[role].map((path): Choice<Chosen> => {
    return {
      value: { kind: 'command', words: path.split(' ') },
      name: summaryOf(place, path),
      search: [path],
    };
  });
  const leave: Choice<Chosen> = { value: { kind: 'leave' }, name: t.prompts.homeLeave };
  const { heading, nothingWaits, find } = t.home;
  try {
    return await prompts.search<Chosen>({
      message: `${heading(t.home.roles[role], name, now)}${waits.length === 0 ? ` ${nothingWaits}` : ''}`,
      choices: [...waits.map((one) => waitingChoice(one, t)), ...commands, leave],
      typed: (term) => {
        const text = term.trim();
        return text === '' ? null : { value: { kind: 'find', text }, name: find(text) };
      },
      back: true,
    });
  } catch (error) {
    if (error instanceof PromptBack) return leave.value;
    throw error;
  }
};

const summaryOf = ({ session, words }: Pick<Place, 'session' | 'words'>, path: string): string =>
  words.say(session.tree.commands.find(({ spec }) => spec.path === path)?.spec.summary ?? path);

const waitingChoice = ({ what, orders, isMore }: WaitingCount, { home }: Texts): Choice<Chosen> => ({
  value: { kind: 'waiting', what },
  name: `! ${home.waiting[what](orders, isMore ? '+' : '')}`,
});

const follow = async (place: Place, chosen: Exclude<Chosen, { readonly kind: 'leave' }>): Promise<void> => {
  switch (chosen.kind) {
    case 'command':
      await place.run(chosen.words);
      return;
    case 'waiting': {
      const { what } = chosen;
      return chooseOrder(place, (services) =>
        actorDeps({ services }, 'read').then((deps) => waitingOrders(deps, what)),
      );
    }
    case 'find': {
      const { text } = chosen;
      const found = await place.look(async (services) =>
        findAnything(await actorDeps({ services }, 'write'), text, { limit: SHOWN }),
      );
      // What was found is not looked for again, which would be one more row of the audit each time.
      return chooseOrder(place, async () => found.items);
    }
    default:
      return assertNever(chosen);
  }
};

const SHOWN = 50;

type ReadOrders = (services: Services) => Promise<readonly OrderSummary[]>;

/** One of these orders, again and again, until the person goes back or none is left. One alone is taken at once. */
const chooseOrder = async (place: Place, read: ReadOrders): Promise<void> => {
  const { t, prompts, session } = place;
  for (;;) {
    const orders = await place.look(read);
    const [only] = orders;
    if (only === undefined) {
      await session.stderr.write(`${t.find.nothing}\n`);
      return;
    }
    if (orders.length === 1) return workOn(place, only.orderId);
    const choices = orders.map((order) => ({ value: order.orderId, name: orderLine(order, t) }));
    await workOn(place, await prompts.search({ message: t.prompts.which.order, choices, back: true }));
  }
};

const orderLine = ({ orderId, stage, customer, area }: OrderSummary, { stages }: Texts): string =>
  safeLine(
    [orderId, stages.stage[stage], customer.name, customer.phone, area]
      .filter((text) => text !== null)
      .join('  '),
  );

/** Shows the order and offers what may be done with it as it is now, until the person goes back. */
const workOn = async (place: Place, orderId: string): Promise<void> => {
  for (;;) {
    await place.run(['status', orderId]);
    const actions = await place.look(async (services) => {
      const [order] = await summariesOf(await actorDeps({ services }, 'read'), [orderId]);
      return order === undefined ? [] : actionsOn({ ...order, open: order.outcome === null }, services.actor);
    });
    let path: string;
    try {
      path = await place.prompts.select({
        message: place.t.home.whatWith(orderId),
        choices: actions.map((action) => ({ value: action, name: summaryOf(place, action) })),
        back: true,
      });
    } catch (error) {
      if (error instanceof PromptBack) return;
      throw error;
    }
    await place.run([...path.split(' '), orderId]);
  }
};
