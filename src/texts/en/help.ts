import type { RevisitTo } from '../../core/rules/reason-codes.ts';

export const help = {
  tagline: 'Field operations of a broadband operator, from the terminal.',
  usage: 'Usage',
  commands: 'Commands',
  arguments: 'Arguments',
  options: 'Options',
  optionsWord: 'options',
  commonOptions: (every: string, change: string | null, command: string): string =>
    `Also${change === null ? '' : ` ${change},`} ${every} …: ${command}`,
  examples: 'Examples',
  topics: 'Topics',
  aliases: 'Also called',
  required: 'required',
  requiredUnless: (flags: string): string => `required without ${flags}`,
  choices: 'one of',
  byDefault: 'default',
  repeatable: 'may be repeated',
  command: 'command',
  nounLine: (program: string): string => `"${program} <command> --help" says more about each.`,
  topicLine: (program: string): string => `"${program} help <topic>" explains:`,
  customerReads: (stage: string, words: string): string => `${stage}; the customer reads: ${words}`,
  leadsTo: (words: string, to: RevisitTo, counts: boolean): string =>
    `${words} -> ${to}${counts ? ', counts as a visit' : ''}`,
  topicSummaries: {
    options: 'the options of every command and every change',
    'exit-codes': 'what each exit code means',
    environment: 'settings, their environment variables and files',
    output: 'formats, schemas, fields, masking',
    stages: 'the stages of an order, and what each reader sees',
    'reason-codes': 'codes of cancel, return and revisit',
    batch: 'files of many commands',
  },
};
