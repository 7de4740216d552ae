/** A place on the earth, in degrees. */
export type Place = { readonly lat: number; readonly lon: number };

/** Metres. */
const EARTH_RADIUS = 6_371_008.8;
const HALF_TURN = Math.PI;
const RADIANS = Math.PI / 180;

/**
 * Sine and arc sine by their own series: of the platform's functions only the square root is the same to the last bit
 * everywhere, and a minute more or less would make another plan on another machine.
 */
const sine = (angle: number): number => {
  const turns = Math.round(angle / HALF_TURN);
  const x = angle - turns * HALF_TURN;
  let term = x;
  let sum = x;
  for (let n = 1; n <= 12; n += 1) {
    term *= -(x * x) / (2 * n * (2 * n + 1));
    sum += term;
  }
  return turns % 2 === 0 ? sum : -sum;
};

const cosine = (angle: number): number => sine(angle + HALF_TURN / 2);

/** Of 0 to 1. */
const arcSine = (x: number): number => {
  if (x > 0.5) return HALF_TURN / 2 - 2 * arcSine(Math.sqrt((1 - Math.min(1, x)) / 2));
  let term = x;
  let sum = x;
  for (let n = 1; n <= 24; n += 1) {
    term *= (x * x * (2 * n - 1)) / (2 * n);
    sum += term / (2 * n + 1);
  }
  return sum;
};

/** Whole metres from place to place over the ground, as the crow flies (haversine). */
export const greatCircleMetres = (a: Place, b: Place): number => {
  const north = sine(((b.lat - a.lat) * RADIANS) / 2);
  const east = sine(((b.lon - a.lon) * RADIANS) / 2);
  const square = north * north + cosine(a.lat * RADIANS) * cosine(b.lat * RADIANS) * east * east;
  return Math.round(2 * EARTH_RADIUS * arcSine(Math.sqrt(square)));
};
