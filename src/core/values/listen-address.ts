/** Where a server listens. `host`: a name or an address, an IPv6 one without its brackets. */
export type ListenAddress = { readonly host: string; readonly port: number };

const FORM = /^(?:\[([0-9a-fA-F:.]{2,45})\]|([A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?)):([0-9]{1,5})$/;
const LAST_PORT = 65_535;

/** `127.0.0.1:8080`, `[::1]:8080`, `localhost:0`; null for anything else. Port 0: a free one. */
export const parseListenAddress = (text: string): ListenAddress | null => {
  const [, six, other, digits] = FORM.exec(text) ?? [];
  const host = six ?? other;
  const port = Number(digits);
  return host === undefined || port > LAST_PORT ? null : { host, port };
};

export const listenAddressText = ({ host, port }: ListenAddress): string =>
  host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;

/** Whether only this machine reaches it. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127(?:\.[0-9]{1,3}){3}$/.test(host);
