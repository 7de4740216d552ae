/** Of simple texts only: everything beyond ASCII is 2 columns wide. */
export const simpleWidth = (text: string): number => {
  let width = 0;
  for (let i = 0; i < text.length; i += 1) width += text.charCodeAt(i) > 0x7f ? 2 : 1;
  return width;
};

/** As much of a line as fits; what is not known to be narrow counts as wide, so that it never becomes two lines. */
export const simpleCut = (text: string, columns: number): string => {
  if (simpleWidth(text) <= columns) return text;
  // Half of a pair is no character.
  return text.slice(0, fitting(text, columns)).replace(/[\ud800-\udbff]$/, '');
};

/** As wrap-ansi does it with `hard` and `trim`, for simple texts: at spaces, and within a word that is too long. */
export const simpleWrap = (text: string, width: number): readonly string[] => {
  if (!text.includes('\n') && simpleWidth(text) <= width) return [text];
  const columns = Math.max(2, width);
  return text.split('\n').flatMap((line) => wrapLine(line, columns));
};

const wrapLine = (line: string, columns: number): readonly string[] => {
  const lines: string[] = [];
  let current = '';
  for (const word of line.split(' ').filter((one) => one !== '')) {
    const joined = current === '' ? word : `${current} ${word}`;
    if (simpleWidth(joined) <= columns) {
      current = joined;
      continue;
    }
    if (current !== '') lines.push(current);
    current = word;
    for (let cut = fitting(current, columns); cut < current.length; cut = fitting(current, columns)) {
      lines.push(current.slice(0, cut));
      current = current.slice(cut);
    }
  }
  return [...lines, current];
};

/** How many characters fit, at least one. */
const fitting = (word: string, columns: number): number => {
  let width = 0;
  for (let i = 0; i < word.length; i += 1) {
    width += word.charCodeAt(i) > 0x7f ? 2 : 1;
    if (width > columns) return Math.max(1, i);
  }
  return word.length;
};
