import { initial as first } from '../src/adapters/store/sqlite/migrations/001-initial.ts';
import { ordersInDoubt } from '../src/adapters/store/sqlite/migrations/002-orders-in-doubt.ts';

/** What the benchmarks call of the program, in this process; bench/lib/library.mjs bundles it. */
export { compose } from '../src/adapters/compose.ts';
export { readAreaFile } from '../src/adapters/csv/area-file.ts';
export { readCsv } from '../src/adapters/csv/read-csv.ts';
export { readTechnicianFile } from '../src/adapters/csv/technician-file.ts';
export { assignVisit } from '../src/core/app/desk/assign-visit.ts';
export { drain } from '../src/core/app/engine/drain.ts';
export { completeVisit } from '../src/core/app/field/field.ts';
export { cancelOrder } from '../src/core/app/orders/change-terms.ts';
export { placeOrder } from '../src/core/app/orders/place-order.ts';
export { rebuild } from '../src/core/app/rebuild.ts';
export { EFFORTS, planning, planVisits } from '../src/core/assign/plan.ts';
export { startsOf } from '../src/core/assign/search/problem.ts';
export { search } from '../src/core/assign/search/search.ts';
export { DEFAULT_POLICY } from '../src/core/rules/policy.ts';
export { travelOf } from '../src/core/travel/travel.ts';

/** The tables as they are now, for the floors. */
export const initial = `${first}\n${ordersInDoubt}`;
