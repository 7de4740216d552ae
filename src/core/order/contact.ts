/** Whom to reach for one order, and where. */
export type Contact = {
  readonly customerId: string;
  readonly name: string;
  readonly phone: string;
  readonly address: string;
};

export type Customer = {
  readonly customerId: string;
  readonly name: string;
  readonly phone: string;
  readonly erasedAt: string | null;
};
