export type Lang = 'en' | 'ko';
