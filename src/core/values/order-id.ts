const WRITTEN = /^(?:ord-|#)?([0-9]{1,12})$/i;

/** The id of the n-th order: 42 is `ORD-000042`. */
export const orderIdOf = (n: number): string => `ORD-${String(n).padStart(6, '0')}`;

/** What a person may write for an order id (`42`, `ord-42`, `#42`, `ORD-000042`) as the id; null: it is none. */
export const parseOrderId = (text: string): string | null => {
  const [, digits] = WRITTEN.exec(text.trim()) ?? [];
  return digits === undefined || Number(digits) === 0 ? null : orderIdOf(Number(digits));
};
