/** The middle of a name is hidden: `홍길동` -> `홍*동`, `김솔` -> `김*`, `John Smith` -> `J*** S***`. */
export const maskName = (name: string): string => {
  const text = name.normalize('NFC').trim();
  if (/^[\p{Script=Hangul}\p{Script=Han}]+$/u.test(text)) return maskShort(text);
  return text
    .split(/\s+/)
    .map((word) => (word === '' ? '' : `${Array.from(word)[0] ?? ''}***`))
    .join(' ');
};

const maskShort = (text: string): string => {
  const letters = Array.from(text);
  const [first = ''] = letters;
  const last = letters.at(-1) ?? '';
  if (letters.length <= 1) return '*';
  return letters.length === 2 ? `${first}*` : `${first}${'*'.repeat(letters.length - 2)}${last}`;
};

/** The middle digits are hidden: `010-1234-5678` -> `010-****-5678`. What is too short for that is hidden whole. */
export const maskPhone = (phone: string): string => {
  const digits = phone.replace(/\D/g, '');
  if (digits.length < 9) return '****';
  const prefix = digits.startsWith('02') ? 2 : 3;
  return `${digits.slice(0, prefix)}-${'*'.repeat(digits.length - prefix - 4)}-${digits.slice(-4)}`;
};

/** Only the province or city and the district stay: `경기도 성남시 분당구 황새울로 117` -> `경기도 성남시 ***`. */
export const maskAddress = (address: string): string => {
  const words = address.normalize('NFC').trim().split(/\s+/);
  return words.length <= 2 ? '***' : `${words.slice(0, 2).join(' ')} ***`;
};
