import { severalHosts } from './hosts.ts';

// In the middle of a life, once.
severalHosts({ from: 30, step: 1_000 });
