import type { Cause } from '../codes/cause.ts';
import type { CancelCode } from '../rules/reason-codes.ts';
import type { OrderOutcome, Stage } from '../rules/stage.ts';
import type { FlatLines } from '../values/lines.ts';
import type { ClientTerms } from './client-terms.ts';

/** When and how the customer would like the visit. Dates are operator-local `YYYY-MM-DD`. */
export type Wishes = {
  readonly notBefore?: string;
  readonly prefer?: PartOfDay;
};

/** am: before 12:00, pm: 12:00 to 18:00, evening: from 18:00, all in the operator's time zone. */
export type PartOfDay = 'am' | 'pm' | 'evening';

export type Priority = 'low' | 'normal' | 'high' | 'urgent';

/** Where an order was taken. */
export type Channel = 'desk' | 'batch' | 'api';

/** The order was acknowledged: from here on it is never lost. */
export type OrderPlaced = {
  readonly type: 'OrderPlaced';
  readonly data: FlatLines & {
    readonly customerId: string;
    /** null: the area of the address is not known; such an order is planned by hand. */
    readonly area: string | null;
    readonly channel: Channel;
    readonly priority: Priority;
    readonly wishes: Wishes;
    readonly key?: string;
    /** Free text (the note of the order) in the vault. */
    readonly textId?: string;
    /** What the client who placed it said of it. */
    readonly terms?: ClientTerms;
  };
};

/** What the client says of the order now, and what that means for it. */
export type TermsChanged = {
  readonly type: 'TermsChanged';
  readonly data: { readonly terms: ClientTerms; readonly priority?: Priority; readonly wishes?: Wishes };
};

/** A client wished to cancel the order, and this came of it: cancelled, or `denied` with the code of the refusal. */
export type CancellationAssessed = {
  readonly type: 'CancellationAssessed';
  readonly data: {
    readonly taskId: string;
    readonly client: string;
    readonly code: CancelCode;
    readonly textId?: string;
    readonly denied?: string;
  };
};

/** New counts of lines; the wanted set moves with them. */
export type OrderAmended = {
  readonly type: 'OrderAmended';
  readonly data: FlatLines;
};

export type ContactField = 'name' | 'phone' | 'address';

/** Which contact fields changed; the values are in the vault only. `area` is given when the address moved it. */
export type ContactChanged = {
  readonly type: 'ContactChanged';
  readonly data: { readonly fields: readonly ContactField[]; readonly area?: string | null };
};

export type NoteAdded = { readonly type: 'NoteAdded'; readonly data: { readonly textId: string } };

/** A final intent. */
export type OrderCancelled = {
  readonly type: 'OrderCancelled';
  readonly data: { readonly code: CancelCode; readonly stage: Stage; readonly textId?: string };
};

/** A step that needs a person. `hold` is the step plus its subject, e.g. `ActivateService:ORD-000042/internet.hsi#1/1`. */
export type OrderHeld = {
  readonly type: 'OrderHeld';
  readonly data: {
    readonly hold: string;
    readonly step: string;
    readonly cause: string;
    /** What the peer said last. */
    readonly said?: Cause;
  };
};

/**
 * retry: a person says try again. done: a person says it is done. waived: a person says that no proof will come.
 * released: no person needs to look any more.
 */
export type HoldAction = 'retry' | 'done' | 'waived' | 'released';

/** A hold ended. */
export type HoldReleased = {
  readonly type: 'HoldReleased';
  readonly data: { readonly hold: string; readonly action: HoldAction; readonly textId?: string };
};

/** Written only when nothing is left to do or undo. */
export type OrderClosed = { readonly type: 'OrderClosed'; readonly data: { readonly outcome: OrderOutcome } };

export type OrderEvent =
  | OrderPlaced
  | OrderAmended
  | ContactChanged
  | NoteAdded
  | TermsChanged
  | CancellationAssessed
  | OrderCancelled
  | OrderHeld
  | HoldReleased
  | OrderClosed;
