import type { StatusPlaces } from "./status-report.ts";

/** How it stands with MaxClients, in a line for people. */
export function placesText({ limit, taken, waiting, waited, refused }: StatusPlaces): string {
  return `MaxClients ${limit}: ${taken} places taken, ${waiting} requests wait; ${waited} have waited, ${refused} got none`;
}
