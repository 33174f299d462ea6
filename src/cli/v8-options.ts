import { setFlagsFromString } from "node:v8";

/** The last Node whose V8 is known to have the options that are set here; another one would print that it knows nothing of them. */
const LAST_KNOWN = 26;

/** Sets options of V8 for the rest of the process, which look like those of `node --v8-options`. */
export function setV8Options(...options: readonly string[]): void {
  if (Number.parseInt(process.versions.node, 10) > LAST_KNOWN) return;
  for (const option of options) setFlagsFromString(option);
}
