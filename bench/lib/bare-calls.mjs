import { Pool } from 'undici';

/** Bare requests to the peers at `port`, `width` at once: the JSON of the answer. */
export const bareCalls = (port, width) => {
  const http = new Pool(`http://127.0.0.1:${port}`, { connections: width });
  const call = async (method, path, body) => {
    const sent = body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    const answer = await http.request({ method, path, ...sent });
    if (answer.statusCode >= 300) throw new Error(`${method} ${path}: ${answer.statusCode}`);
    return answer.body.json();
  };
  return { call, close: () => http.close() };
};

/** The two services of one Internet line, in the order in which they are made. */
export const servicesOf = (order) => {
  const service = (spec, needs) => ({
    key: `${order.id}/${spec}`,
    spec,
    needs,
    characteristics: { bandwidth: '500M', vlan: '100', area: order.area },
  });
  return [service('access.gpon', []), service('internet.hsi', ['access.gpon'])];
};

export const createService = (call, service) =>
  call('POST', '/ne/service', { name: service.key, category: 'RFS', state: 'active', ...service });
