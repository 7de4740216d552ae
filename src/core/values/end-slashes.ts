/** A URL or path without the slashes at its end. A pattern for them would begin anew at each slash of the text. */
export const withoutEndSlashes = (text: string): string => {
  let end = text.length;
  while (text[end - 1] === '/') end -= 1;
  return text.slice(0, end);
};
