import type { MigrationTarget } from "../target.ts";
import { apache24 } from "./apache24.ts";

/** Every target by the name that `--to` takes. */
export const targets: ReadonlyMap<string, MigrationTarget> = new Map([apache24].map((target) => [target.name, target]));
