import { defineCommand } from './framework/parse/descriptor.ts';

export const completion = defineCommand({
  path: 'completion',
  summary: 'print a completion script',
  details:
    'bash: source <(oss completion bash). zsh: source <(oss completion zsh). fish: oss completion fish | source.',
  args: { shell: { type: 'choice', choices: ['bash', 'zsh', 'fish'], required: true, summary: 'the shell' } },
  examples: [{ line: 'completion bash' }],
  output: { kind: 'text' },
  change: false,
  needs: 'nothing',
});
