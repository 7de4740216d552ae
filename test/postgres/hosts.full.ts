import { severalHosts } from './hosts.ts';

severalHosts({ from: 1, step: 1 });
