import { killedOnceAnywhere } from './crash-points.ts';
import { LIVES } from './lives.ts';

/** No multiple of the places that a step has, so that each kind of place is met. */
const STRIDE = 5;

// Every place of one life, and each fifth of the others.
killedOnceAnywhere((life, places) => {
  const stride = life === LIVES[0] ? 1 : STRIDE;
  return Array.from({ length: Math.ceil(places / stride) }, (_, i) => i * stride);
});
