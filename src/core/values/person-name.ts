import { cleanText } from './clean-text.ts';

const MAX_CHARS = 100;

/** A person's name as it is kept: NFC, trimmed, on one line, 1 to 100 characters. null: it is none. */
export const parsePersonName = (text: string): string | null => cleanText(text, MAX_CHARS);
