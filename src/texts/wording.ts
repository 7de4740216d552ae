import type { RefusalCode, RefusalDetailOf } from '../core/rules/refusals.ts';

/** `$oss` stands for the name that the program was called by. Texts end without a full stop. */
export type Wording = { readonly what: string; readonly why?: string; readonly next?: string };

/** A text for every refusal: the compiler says which is missing. */
export type RefusalTexts = { readonly [C in RefusalCode]: (detail: RefusalDetailOf<C>) => Wording };
