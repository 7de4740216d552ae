import { describe, expect, test } from 'vitest';
import { neededServices, planService } from './catalogue.ts';

const named = (internet: number, tv: number) =>
  neededServices({ internet, tv }).map(({ service }) => service);

describe('from product to services', () => {
  test.each([
    [0, 0, []],
    [1, 0, ['access.gpon#1', 'internet.hsi#1']],
    [0, 1, ['access.gpon#1', 'tv.multicast#1', 'tv.stb#1']],
    [2, 2, ['access.gpon#1', 'internet.hsi#1', 'internet.hsi#2', 'tv.multicast#1', 'tv.stb#1', 'tv.stb#2']],
  ])('%i Internet and %i TV lines', (internet, tv, services) => {
    expect(named(internet, tv)).toEqual(services);
  });

  test('each service comes after all that it needs', () => {
    const seen = new Set<string>();
    for (const { service, dependsOn } of neededServices({ internet: 3, tv: 3 })) {
      for (const needed of dependsOn) expect(seen.has(needed)).toBe(true);
      seen.add(service);
    }
  });

  test('fewer lines drop the highest index first', () => {
    expect(named(3, 0).filter((service) => !named(2, 0).includes(service))).toEqual(['internet.hsi#3']);
  });
});

describe('what is sent', () => {
  const plan = (orderId: string, service: string, area: string | null = 'Mapo') => {
    const needed = neededServices({ internet: 10, tv: 10 }).find((one) => one.service === service);
    if (needed === undefined) throw new Error(service);
    return planService(orderId, needed, 2, area);
  };

  test('the key is order, service and generation', () => {
    expect(plan('ORD-000042', 'internet.hsi#2')).toMatchObject({
      key: 'ORD-000042/internet.hsi#2/2',
      service: 'internet.hsi#2',
      spec: 'internet.hsi',
      generation: 2,
      dependsOn: ['access.gpon#1'],
    });
  });

  test('two lines of one order never share a VLAN, and a line keeps its own', () => {
    const vlan = (order: string, service: string) =>
      plan(order, service).characteristics.find(({ name }) => name === 'vlan')?.value;
    const lines = Array.from({ length: 10 }, (_, i) => vlan('ORD-000187', `internet.hsi#${i + 1}`));
    expect(new Set(lines).size).toBe(10);
    expect(lines.every((one) => Number(one) >= 100 && Number(one) < 3100)).toBe(true);
    expect(vlan('ORD-000187', 'internet.hsi#3')).toBe(lines[2]);
  });

  test('the area goes with it when it is known', () => {
    const area = { name: 'area', value: 'Mapo' };
    expect(plan('ORD-000042', 'access.gpon#1').characteristics).toContainEqual(area);
    expect(plan('ORD-000042', 'access.gpon#1', null).characteristics).not.toContainEqual(area);
    expect(plan('ORD-000042', 'tv.stb#4').characteristics).toContainEqual({ name: 'position', value: '4' });
  });
});
