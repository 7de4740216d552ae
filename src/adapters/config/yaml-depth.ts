/**
 * Whether YAML text nests deeper than `max` collections. A reader checks this before it parses: the parser recurses, and a
 * text of a few thousand brackets ends the whole process (V8 aborts, nothing can be caught). Lexer and syntax stack do not.
 */
export const nestsDeeperThan = (yaml: typeof import('yaml'), source: string, max: number): boolean => {
  const parser = new yaml.Parser();
  for (const lexeme of new yaml.Lexer().lex(source)) {
    // A generator does its work only when it is drained.
    Array.from(parser.next(lexeme));
    if (parser.stack.length > max) return true;
  }
  return false;
};
