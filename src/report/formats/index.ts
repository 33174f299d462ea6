import type { Format } from "../format.ts";
import { compact } from "./compact.ts";
import { github } from "./github.ts";
import { json } from "./json.ts";
import { junit } from "./junit.ts";
import { pretty } from "./pretty.ts";
import { sarif } from "./sarif.ts";

/** The values of `lint --format`. */
export const formats: ReadonlyMap<string, Format> = new Map([
  ["pretty", pretty],
  ["compact", compact],
  ["json", json],
  ["sarif", sarif],
  ["github", github],
  ["junit", junit],
]);
