import type { Route } from './route.ts';
import { EVENTS } from './routes/events.ts';
import { METRICS } from './routes/metrics.ts';
import { openApiRoute } from './routes/openapi.ts';
import { PROBES } from './routes/probes.ts';

/** Every route there is. Adding some: their file in `routes/` and a line here. */
export const ROUTES: readonly Route[] = [...PROBES, METRICS, EVENTS, openApiRoute(() => ROUTES)];
