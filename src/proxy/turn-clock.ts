let nowMs = 0;
let isKnown = false;
let wallMs = 0;
let isWallKnown = false;

function forget(): void {
  isKnown = false;
}

function forgetWall(): void {
  isWallKnown = false;
}

/**
 * `performance.now()` of when this turn of the event loop first asked, for limits of a second and more: a request would ask the
 * clock ten times, and all that comes in with one turn can share the answer.
 */
export function turnMs(): number {
  if (!isKnown) {
    isKnown = true;
    nowMs = performance.now();
    setImmediate(forget);
  }
  return nowMs;
}

/** The same of `Date.now()`, for dates in logs. */
export function turnWallMs(): number {
  if (!isWallKnown) {
    isWallKnown = true;
    wallMs = Date.now();
    setImmediate(forgetWall);
  }
  return wallMs;
}
