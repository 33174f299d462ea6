export type { Dialect } from "../grammar/dialect.ts";
export { dialects } from "../grammar/dialect.ts";
