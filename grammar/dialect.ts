/** The httpd line whose rules a text is read by. They differ in lines, words, conditionals and directives. */
export type Dialect = "1.3" | "2.0" | "2.2" | "2.4";

/** All dialects, oldest first. */
export const dialects = ["1.3", "2.0", "2.2", "2.4"] as const satisfies readonly Dialect[];
