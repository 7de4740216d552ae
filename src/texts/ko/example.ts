/** The line that shows what was meant; nothing where there is none. */
export const example = (line: string | null): { readonly next?: string } =>
  line === null ? {} : { next: `예: $oss ${line}` };
