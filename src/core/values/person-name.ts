import { cleanName } from './clean-text.ts';

const MAX_CHARS = 100;

/** A person's name as it is kept: as it is seen, NFC, on one line, 1 to 100 characters. null: it is none. */
export const parsePersonName = (text: string): string | null => cleanName(text, MAX_CHARS);
