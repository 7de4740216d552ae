import './repeat-writes.ts';

// The tests of these use cases once more, while every write does its work twice: nothing may double. The rest of them is
// `npm run test:full`.
import '../../src/core/app/orders/place-order.test.ts';
import '../../src/core/app/change-order.test.ts';
import '../../src/core/app/engine/order-loop.test.ts';
import '../../src/core/app/batch/run-batch.test.ts';
