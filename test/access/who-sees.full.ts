import { EXAMPLES } from './lines.ts';
import { walkCommands } from './who-sees.ts';

walkCommands((path) => !EXAMPLES.includes(path));
