import { Refusal } from '../../core/rules/refusal.ts';
import { isLoopback, parseListenAddress } from '../../core/values/listen-address.ts';
import { askServer } from '../../faces/http/ask-server.ts';
import { badOf, type Check, ok, type Surgery, warn } from './check.ts';

/** Whether `oss serve` may listen where it is set to, and what answers there. */
export const checkServer = async (ctx: Surgery): Promise<Check> => {
  const { t, services } = ctx;
  const { listen, trustedProxies, allowHttp } = services.settings.serve;
  const place = parseListenAddress(listen);
  if (place === null) return ok('server', t.doctor.noServer(listen));
  if (!isLoopback(place.host) && trustedProxies.length === 0 && !allowHttp)
    return badOf(ctx, 'server', new Refusal('PLAIN_HTTP', { address: listen }));
  switch (await askServer(place)) {
    case 'ready':
      return ok('server', t.doctor.serverReady(listen));
    case 'not ready':
      return warn('server', t.doctor.serverNotReady(listen), t.doctor.seeServer);
    case 'other':
      return warn('server', t.doctor.serverIsOther(listen), t.doctor.otherPort);
    case 'none':
      return ok('server', t.doctor.noServer(listen));
  }
};
