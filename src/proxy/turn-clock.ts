let nowMs = 0;
let wallMs = 0;
let isKnown = false;

function forget(): void {
  isKnown = false;
}

function look(): void {
  if (isKnown) return;
  isKnown = true;
  nowMs = performance.now();
  wallMs = Date.now();
  setImmediate(forget);
}

/**
 * `performance.now()` of when this turn of the event loop first asked, for limits of a second and more: a request would ask the
 * clock ten times, and all that comes in with one turn can share the answer.
 */
export function turnMs(): number {
  look();
  return nowMs;
}

/** The same of `Date.now()`, for dates in logs. */
export function turnWallMs(): number {
  look();
  return wallMs;
}
