/** JSON leaves these as they are; a terminal acts on some, and JavaScript readers stumble over others. */
const RAW =
  /(?![\u200d\ufe0e\ufe0f])[\u007f-\u009f\u2028\u2029\p{Default_Ignorable_Code_Point}\u2800\ufff9-\ufffb]/gu;

/** JSON that is safe on a terminal: the same value when it is read back. */
export const jsonText = (value: unknown, indent?: number): string =>
  JSON.stringify(value, null, indent).replace(RAW, escaped);

/** By its UTF-16 units, of which signs beyond the first plane have two. */
const escaped = (sign: string): string =>
  sign
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
