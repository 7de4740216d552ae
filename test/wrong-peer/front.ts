import { type Gateway, gateway } from '../support/gateway.ts';

/** What a gateway answers by itself. */
export type Page = { readonly status: number; readonly type: string; readonly body: string };

/** A gateway before a peer: it has the URL that is configured. */
export type Front = Gateway & { readonly misroute: (page: Page | null) => void };

/** Passes everything on to the peer at `behind`, until it is told to answer by itself. */
export const frontOf = async (behind: string): Promise<Front> => {
  let page: Page | null = null;
  const front = await gateway({
    behind,
    ownAnswer: () =>
      page === null ? null : { status: page.status, headers: { 'content-type': page.type }, body: page.body },
  });
  return {
    ...front,
    misroute: (told) => {
      page = told;
    },
  };
};
