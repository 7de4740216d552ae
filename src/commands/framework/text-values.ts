/** `42`, `ord-42`, `#42` and `ORD-000042` -> `ORD-000042`; null for anything else. */
export const parseOrderId = (text: string): string | null => {
  const [, digits] = /^(?:#|ord-)?([0-9]{1,12})$/i.exec(text.trim()) ?? [];
  return digits === undefined || Number(digits) === 0
    ? null
    : `ORD-${String(Number(digits)).padStart(6, '0')}`;
};

/** NFC and trimmed; null when it is empty, longer than 100 characters or holds controls. */
export const readPersonName = (text: string): string | null => {
  const name = text.normalize('NFC').trim();
  return name === '' || name.length > 100 || /[\u0000-\u001f\u007f-\u009f]/.test(name) ? null : name;
};

/** Korean numbers with dashes, `+82` as a leading 0; null when it is none. */
export const normalisePhone = (text: string): string | null => {
  const digits = text
    .trim()
    .replace(/^\+82\s*-?/, '0')
    .replace(/[\s().-]/g, '');
  const [, head, middle, tail] = /^(02|0[1-9][0-9])([0-9]{3,4})([0-9]{4})$/.exec(digits) ?? [];
  return head === undefined ? null : `${head}-${middle}-${tail}`;
};
