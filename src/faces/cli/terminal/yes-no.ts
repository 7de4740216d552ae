const YES = ['yes', '예', '네', 'ㅛ', 'ㅇ'];
const NO = ['no', '아니오', '아니요', 'ㅜ', 'ㄴ'];

/**
 * What was typed at a confirmation, in either language: a word or its beginning, the initial consonant, or what the keys of
 * `y` and `n` write while the keyboard is Korean. Nothing typed is a no. null: neither.
 */
export const readYesNo = (typed: string): boolean | null => {
  const word = typed.normalize('NFC').trim().toLowerCase();
  if (word === '') return false;
  if (YES.some((yes) => yes.startsWith(word))) return true;
  return NO.some((no) => no.startsWith(word)) ? false : null;
};
