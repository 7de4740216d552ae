import { knownToken } from '../../core/app/access/tokens.ts';
import { admit } from '../../core/app/admit.ts';
import { operation } from '../../core/app/deps.ts';
import { feedSource } from '../../core/app/orders/feed.ts';
import { readFigures } from '../../core/app/overview/monitor.ts';
import { readReadiness } from '../../core/app/overview/readiness.ts';
import { ADVICE } from '../../core/rules/account-roles.ts';
import { Refusal } from '../../core/rules/refusal.ts';
import { broadcast } from '../../faces/http/feed/broadcast.ts';
import type { House } from '../../faces/http/house.ts';
import { knownCallers } from '../../faces/http/known-callers.ts';
import { loadTexts } from '../../texts/texts.ts';
import type { CommandContext } from '../framework/run/context.ts';
import { machineRefusal } from '../framework/run/failure.ts';

type Standing = Pick<House, 'publicUrl' | 'standing'> & { readonly ending: AbortSignal } & Pick<
    House['watched'],
    'load' | 'requests'
  >;

/** What the routes of this process share. */
export const houseHere = async (ctx: CommandContext, standing: Standing): Promise<House> => {
  const { services, version, terminal } = ctx;
  const { clock, ids, processes, policy, actor, via, breakers } = services;
  const store = await services.store('write');
  const { as } = operation({ store, clock, ids, processes, policy });
  const own = as(actor, via);
  return {
    get publicUrl() {
      return standing.publicUrl;
    },
    standing: standing.standing,
    feed: { source: await feedSource(own), listen: broadcast(own, standing.ending).listen },
    watched: {
      load: standing.load,
      requests: standing.requests,
      figures: () => readFigures(own, breakers),
    },
    own,
    version,
    areas: services.settings.areas,
    deps: (caller, client) => as(caller.actor, { face: 'http', client }),
    callerOf: knownCallers({
      now: clock.monotonic,
      lookUp: async (token) => {
        const found = await knownToken(own, services.secrets, token);
        if (found === null) return null;
        const { tokenId, client, seesClear } = found;
        return { tokenId, actor: found.actor, client, seesClear };
      },
    }),
    admit: (deps, useCase) => admit(deps, async () => store, { access: ADVICE, command: useCase }),
    texts: { en: await loadTexts('en'), ko: await loadTexts('ko') },
    lang: terminal.lang,
    refusalOf: machineRefusal,
    readiness: async () => {
      try {
        return await readReadiness(own, breakers);
      } catch (error) {
        if (error instanceof Refusal || machineRefusal(error) !== null) return null;
        throw error;
      }
    },
  };
};
