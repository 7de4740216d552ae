import type { Route } from './route.ts';
import { CANCEL_SERVICE_ORDER } from './routes/cancel-service-order.ts';
import { EVENTS } from './routes/events.ts';
import { METRICS } from './routes/metrics.ts';
import { openApiRoute } from './routes/openapi.ts';
import { PROBES } from './routes/probes.ts';
import { SERVICE_ORDER } from './routes/service-order.ts';

/** Every route there is. Adding some: their file in `routes/` and a line here. */
export const ROUTES: readonly Route[] = [
  ...PROBES,
  METRICS,
  EVENTS,
  ...SERVICE_ORDER,
  ...CANCEL_SERVICE_ORDER,
  openApiRoute(() => ROUTES),
];
