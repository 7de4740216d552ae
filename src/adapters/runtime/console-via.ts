import type { Via } from '../../core/ports/audit.ts';

/**
 * From where the console of this process is used: over ssh, the address of the other machine, as the ssh server tells it
 * (`SSH_CONNECTION`). Who runs the process may set that as they like. `purpose`: what the call is for, in their words.
 */
export const consoleVia = (
  env: Readonly<Record<string, string | undefined>>,
  purpose?: string | undefined,
): Via => {
  const [address = ''] = (env.SSH_CONNECTION ?? '').split(' ');
  return {
    face: 'console',
    client: /^[0-9A-Fa-f.:%a-z]{2,64}$/.test(address) ? address : null,
    ...(purpose === undefined ? {} : { purpose }),
  };
};
