import type { Coded, None } from './coded.ts';

/** What is wrong with a call, whatever it is about. The values name its parts as the face calls them. */
export type UsageFaultValues = {
  /** A line that its parser cannot read, as the parser tells it. */
  readonly LINE: { readonly told: string };
  /** `meant`: what was meant, most likely. */
  readonly NO_COMMAND: { readonly words: string; readonly meant: string | null };
  readonly NO_HELP: { readonly words: string; readonly meant: string | null };
  readonly UNKNOWN_OPTION: { readonly option: string; readonly meant: string | null };
  readonly VALUE_MISSING: { readonly flag: string };
  readonly NEEDS_VALUE: { readonly flag: string; readonly found: string };
  readonly TOO_MANY_ARGUMENTS: { readonly command: string; readonly extra: string };
  /** Of these at most one is given. */
  readonly NOT_TOGETHER: { readonly flags: readonly [string, string] };
  /** `partner`: the other flag, with its value where it is about one. */
  readonly GOES_WITH: { readonly flag: string; readonly partner: string };
  readonly GOES_WITH_ONE_OF: {
    readonly flag: string;
    readonly partner: string;
    readonly values: readonly [string, string];
  };
  readonly TWO_FORMATS: { readonly one: string; readonly other: string };
  /** Several of these may be given, and none is. */
  readonly NONE_GIVEN: { readonly flags: readonly string[] };
  /** `orNone`: it goes with no order at all, too. */
  readonly ONE_ORDER: { readonly flag: string; readonly orNone: boolean };
  readonly SINGLE_CHANGE: { readonly flag: string };
  /** One day is named, and a range of days too. */
  readonly DAY_OR_RANGE: { readonly day: string; readonly from: string; readonly to: string };
  /** The technician is at work on several visits. */
  readonly SEVERAL_VISITS: { readonly orderIds: readonly string[] };
  readonly WHICH_TECHNICIAN: None;
  /** A customer is found by phone alone, or by order and the end of the phone. */
  readonly PHONE_OR_PAIR: None;
  readonly NO_PIPE: None;
  readonly TOO_MANY_IDS: None;
  readonly NO_DRAFT: None;
};

export type UsageFault = Coded<UsageFaultValues>;

/** One thing that a call lacks. The values name the parts as the face calls them. */
export type NeedValues = {
  readonly PART: { readonly name: string };
  /** Any one of these will do. */
  readonly ONE_OF: { readonly names: readonly string[] };
  /** At least one of these; several may be given. */
  readonly SOME_OF: { readonly names: readonly string[] };
  /** Who is no technician has no visit of their own: the order must be named. */
  readonly ORDER_OR_TECHNICIAN: { readonly name: string };
  readonly PHONE_OR_PAIR: None;
};

export type Need = Coded<NeedValues>;
