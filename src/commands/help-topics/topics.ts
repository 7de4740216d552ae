export const TOPICS = [
  'options',
  'exit-codes',
  'environment',
  'output',
  'stages',
  'reason-codes',
  'batch',
] as const;

export type Topic = (typeof TOPICS)[number];

/** A line of a topic's table: the same in every format. */
export type TopicRow = {
  /** Heads a group of rows. */
  readonly group: string;
  readonly name: string;
  readonly meaning: string;
};
