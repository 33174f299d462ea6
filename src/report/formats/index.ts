import type { Format } from "../format.ts";
import { compact } from "./compact.ts";
import { json } from "./json.ts";
import { pretty } from "./pretty.ts";

/** The values of `lint --format`. */
export const formats: ReadonlyMap<string, Format> = new Map([
  ["pretty", pretty],
  ["compact", compact],
  ["json", json],
]);
