import type { Dialect, TableDirective } from "../compile/table.ts";
import type { AllowedOverrides } from "./access-files.ts";
import { allowedOverrides, everyOverride, readsFiles, unsetOverride } from "./access-files.ts";
import { lowerName } from "./lower-name.ts";

/** What httpd keeps in mind while it walks: it decides on .htaccess files and on walking into files. */
export interface WalkState {
  /** What .htaccess files may do; null: they are not read (AllowOverride None). */
  readonly override: AllowedOverrides | null;
  /** From AllowOverrideList, which stands beside it. */
  readonly names: ReadonlySet<string>;
  readonly followsLinks: boolean;
  readonly checksOwner: boolean;
}

/** What some lines make of the state. */
export type WalkStep = (state: WalkState) => WalkState;

/**
 * Before any line: 1.3 to 2.2 allow all overrides and all options. 2.4 allows FollowSymLinks and no overrides, and yet reads
 * .htaccess files until a line says None: whatever stands in one is then an error (seen with 2.4.71).
 */
function initialState(dialect: Dialect): WalkState {
  const override = dialect === "2.4" ? unsetOverride : everyOverride;
  return { override, names: new Set(), followsLinks: true, checksOwner: false };
}

function optionsStep(args: readonly string[]): WalkStep {
  const words = args.map((word) => word.toLowerCase());
  const isAbsolute = words.some((word) => !/^[+-]/.test(word));
  return (state) => {
    let { followsLinks, checksOwner } = isAbsolute ? { followsLinks: false, checksOwner: false } : state;
    for (const word of words) {
      const on = !word.startsWith("-");
      const name = word.replace(/^[+-]/, "");
      if (name === "followsymlinks" || name === "all") followsLinks = on;
      else if (name === "symlinksifownermatch") checksOwner = on;
      else if (name === "none") followsLinks = checksOwner = false;
    }
    return { ...state, followsLinks, checksOwner };
  };
}

function stepOf({ name, args }: TableDirective, dialect: Dialect): WalkStep | null {
  switch (lowerName(name)) {
    case "allowoverride": {
      const allowed = allowedOverrides(args, dialect);
      const override = readsFiles(allowed) ? allowed : null;
      return (state) => ({ ...state, override });
    }
    case "allowoverridelist": {
      const names = new Set(args.map((word) => word.toLowerCase()).filter((word) => word !== "none"));
      return (state) => ({ ...state, names });
    }
    case "options":
      return optionsStep(args);
    default:
      return null;
  }
}

/** What the lines of a section change; null when none of them does. */
export function walkStep(directives: readonly TableDirective[], dialect: Dialect): WalkStep | null {
  const steps = directives.map((line) => stepOf(line, dialect)).filter((step) => step !== null);
  return steps.length === 0 ? null : (state) => steps.reduce((next, step) => step(next), state);
}

/** The state at the root of a host, from what the lines at server level change. */
export function hostState(dialect: Dialect, steps: readonly (WalkStep | null)[]): WalkState {
  return steps.reduce((state, step) => step?.(state) ?? state, initialState(dialect));
}

/** What a .htaccess file may do in this state; null: none is read. */
export function overridesOf({ override, names }: WalkState): AllowedOverrides | null {
  if (names.size === 0) return override;
  return { ...(override ?? unsetOverride), names };
}
