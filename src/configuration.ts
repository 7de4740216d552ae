import { homedir } from 'node:os';
import type { Configuration } from './commands/framework/session.ts';

/** The configuration adapter as the face sees it; loaded when it is first asked. */
export const configuration: Configuration = {
  keys: async () => {
    const { ALL_KEYS } = await import('./adapters/config/keys.ts');
    const { environmentName } = await import('./adapters/config/setting.ts');
    return ALL_KEYS.map(({ key, description }) => ({ key, env: environmentName(key), summary: description }));
  },
  inspect: async (request) => {
    const { inspectSettings } = await import('./adapters/config/settings.ts');
    return inspectSettings(request);
  },
  problems: async (request) => {
    const { validateSettings } = await import('./adapters/config/validate.ts');
    return validateSettings(request);
  },
  set: async (request, key, value) => {
    const { inspectSettings } = await import('./adapters/config/settings.ts');
    const { setInFile } = await import('./adapters/config/file-edit.ts');
    const { path } = inspectSettings(request).settings.file;
    setInFile(path, key, value, { cwd: process.cwd(), home: request.env.HOME ?? homedir() });
    return path;
  },
};
