/** NE service specifications. */
export type ServiceSpec = 'access.gpon' | 'internet.hsi' | 'tv.multicast' | 'tv.stb';

export type Characteristic = { readonly name: string; readonly value: string };

/** One service of the plan, with all that is sent to the NE. */
export type PlannedService = {
  /** Service and index within the order, e.g. `internet.hsi#2`. */
  readonly service: string;
  readonly spec: ServiceSpec;
  /** Rises after a proven revert, so that a service switched on again has a key of its own. */
  readonly generation: number;
  /** `ORD-000042/internet.hsi#2/1`: the business identity at the NE. */
  readonly key: string;
  /** Services (not keys) that must be on first. */
  readonly dependsOn: readonly string[];
  readonly characteristics: readonly Characteristic[];
};
