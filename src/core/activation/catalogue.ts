import { serviceKeyText } from '../values/keys.ts';
import type { Lines } from '../values/lines.ts';
import type { Characteristic, PlannedService, ServiceSpec } from './service.ts';

/** A service that the lines of an order need; `service` is spec and index, e.g. `tv.stb#2`. */
export type NeededService = {
  readonly service: string;
  readonly spec: ServiceSpec;
  readonly dependsOn: readonly string[];
};

const ACCESS = 'access.gpon#1';
const MULTICAST = 'tv.multicast#1';

const indexed = (spec: ServiceSpec, count: number, dependsOn: readonly string[]): readonly NeededService[] =>
  Array.from({ length: count }, (_, i) => ({ service: `${spec}#${i + 1}`, spec, dependsOn }));

const servicesOf = (lines: Lines): readonly NeededService[] => [
  ...(lines.internet + lines.tv > 0 ? indexed('access.gpon', 1, []) : []),
  ...indexed('internet.hsi', lines.internet, [ACCESS]),
  ...(lines.tv > 0 ? indexed('tv.multicast', 1, [ACCESS]) : []),
  ...indexed('tv.stb', lines.tv, [MULTICAST]),
];

/** Lines of one kind that have their answer kept; orders have a few, whatever the configuration allows. */
const KEPT = 32;
/** The policy table asks for the same lines several times a state, and most orders have the same ones. */
const answered: (readonly NeededService[])[] = [];

/**
 * From product to NE services, in dependency order. The access is needed by any line, the multicast by any TV line.
 * Fewer lines drop the highest index first, because indices are always 1 to n.
 */
export const neededServices = (lines: Lines): readonly NeededService[] => {
  const { internet, tv } = lines;
  if (internet >= KEPT || tv >= KEPT) return servicesOf(lines);
  const index = internet * KEPT + tv;
  const services = answered[index] ?? servicesOf(lines);
  answered[index] = services;
  return services;
};

/** VLANs 100 to 3099 by order number and line, so that two lines of one order never share one. */
const vlanOf = (orderNumber: number, index: number): string =>
  String(100 + ((orderNumber * 16 + index) % 3000));

const CHARACTERISTICS: Record<
  ServiceSpec,
  (orderNumber: number, index: number) => readonly Characteristic[]
> = {
  'access.gpon': () => [{ name: 'lineProfile', value: 'GPON-2.5G' }],
  'internet.hsi': (order, index) => [
    { name: 'bandwidthProfile', value: 'HSI-1G' },
    { name: 'vlan', value: vlanOf(order, index) },
  ],
  'tv.multicast': () => [{ name: 'package', value: 'TV-BASIC' }],
  'tv.stb': (_order, index) => [
    { name: 'package', value: 'TV-BASIC' },
    { name: 'position', value: String(index) },
  ],
};

/** The exact service to request, as ActivationStarted records it. `mark`: of the names that the database makes. */
export const planService = (
  orderId: string,
  needed: NeededService,
  generation: number,
  area: string | null,
  mark: string | null = null,
): PlannedService => {
  const orderNumber = Number(orderId.slice('ORD-'.length));
  const index = Number(needed.service.slice(needed.service.indexOf('#') + 1));
  return {
    service: needed.service,
    spec: needed.spec,
    generation,
    key: serviceKeyText({ orderId, mark, service: needed.service, generation }),
    dependsOn: needed.dependsOn,
    characteristics: [
      ...CHARACTERISTICS[needed.spec](orderNumber, index),
      ...(area === null ? [] : [{ name: 'area', value: area }]),
    ],
  };
};
