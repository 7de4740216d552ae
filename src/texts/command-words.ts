import type { RefusalDetailOf } from '../core/rules/refusals.ts';

/** What the core calls a value that was given, and the flag by which a command takes it. */
const FLAGS: Readonly<Record<string, string>> = { dates: '--date', head: '--head' };

/** The name by which a person knows a value. */
export const flagName = (name: string): string => FLAGS[name] ?? name;

/** The command that ends a hold which cannot be declared done, without the program's name. */
export const insteadOfDone = ({ orderId, step, instead }: RefusalDetailOf<'NOT_BY_HAND'>): string =>
  ({
    call: `schedule call ${orderId} --outcome CODE`,
    assign: `schedule assign ${orderId}`,
    retry: `fallout retry ${orderId} --step ${step}`,
  })[instead];
