import type { MigrationTarget } from "../target.ts";
import { apache24 } from "./apache24.ts";
import { haproxy } from "./haproxy.ts";
import { nginx } from "./nginx.ts";

/** Every target by the name that `--to` takes. */
export const targets: ReadonlyMap<string, MigrationTarget> = new Map(
  [apache24, nginx, haproxy].map((target) => [target.name, target]),
);
