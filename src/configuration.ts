import { homedir } from 'node:os';
import { changeSetting } from './adapters/compose/change-setting.ts';
import { preparedSetting } from './adapters/config/file-edit.ts';
import { ALL_KEYS, KEYS } from './adapters/config/keys.ts';
import { environmentName } from './adapters/config/setting.ts';
import { inspectSettings } from './adapters/config/settings.ts';
import { validateSettings } from './adapters/config/validate.ts';
import type { Configuration } from './commands/framework/run/configuration.ts';
import { isRefusal, type Refusal } from './core/rules/refusal.ts';

/** The configuration adapter as the face sees it. */
export const configuration: Configuration = {
  keys: async () =>
    ALL_KEYS.map(({ key, description }) => ({ key, env: environmentName(key), summary: description })),
  inspect: async (request) => inspectSettings(request),
  problems: async (request) => validateSettings(request),
  set: async (request, key, value) => {
    const { settings, problems } = inspectSettings(request);
    // Nobody knows then who may change it; an editor does.
    const unclear = problems.find(isAboutAccess);
    if (unclear !== undefined) throw unclear;
    const { path } = settings.file;
    const places = { cwd: process.cwd(), home: request.env.HOME ?? homedir() };
    const prepare = () => preparedSetting(path, key, value, places);
    const recorded = await changeSetting(settings, { key, value, prepare }, request);
    return { path, recorded };
  },
};

const isAboutAccess = (problem: Refusal): boolean =>
  (isRefusal(problem, 'CONFIG_FILE') && problem.detail.cause.code !== 'NO_SUCH_FILE') ||
  (isRefusal(problem, 'CONFIG_INVALID') && problem.detail.key === KEYS.accessRoles.key);
