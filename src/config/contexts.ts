import type { ActiveNode, ActiveSection } from "./active-config.ts";
import { surroundingsOf, type Surrounding, type Surroundings } from "./surroundings.ts";

/**
 * The flags of 2.x tables that only lead to a warning there (AH00114 and AH10019, "Useless use of …"), though the handler
 * tests them.
 */
const onlyWarned: ReadonlySet<string> = new Set(["allowoverride", "allowoverridelist"]);

/**
 * What httpd says of a directive or section that stands where its command may not run, or null. Tests the override bits
 * first and what the handler asks of `ap_check_cmd_context` next, as httpd does; without a spec there is nothing to say.
 * 1.3 http_config.c invoke_cmd, http_core.c:1131; 2.4 server/config.c invoke_cmd, server/core.c ap_check_cmd_context
 */
export function contextProblem(node: ActiveNode): string | null {
  const { spec, parent } = node;
  if (spec === null || parent === null) return null;
  const old = node.origin?.reading.tree.dialect === "1.3";
  // Commands that run while the text is read know neither section nor virtual host, so nothing is tested (seen in 2.4.71).
  if (!old && spec.overrides.includes("EXEC_ON_READ")) return null;
  const around = surroundingsOf(parent);
  const overrides = old ? around.overrides13 : around.overrides2x;
  if (!spec.overrides.some((bit) => overrides.has(bit))) {
    if (around.inUnknown) return null;
    const holder = old ? null : holderOf(node, parent);
    const shown = shownName(node, old);
    return holder === null ? `${shown} not allowed here` : `${shown} not allowed in <${holder}> context`;
  }
  if (spec.notIn.length === 0 || (!old && onlyWarned.has(spec.name.toLowerCase()))) return null;
  const flags = expand(spec.notIn);
  const place = old ? forbiddenIn13(flags, node, parent, around) : forbiddenIn2x(flags, node, around);
  if (place === null) return null;
  return `${shownName(node, old)}${node.kind === "section" ? ">" : ""} cannot occur within ${place} section`;
}

/** 1.3 writes names as its tables do. */
function shownName(node: ActiveNode, old: boolean): string {
  return (node.kind === "section" ? "<" : "") + (old ? (node.spec?.name ?? node.name) : node.name);
}

/** Name of the tag right around a place. A Limit counts, although its content belongs to the section around it. */
function holderOf(node: ActiveNode, parent: ActiveSection): string | null {
  if (node.limit !== null && node.limit !== parent.limit) return node.limit.kind;
  return parent.key === "server" ? null : parent.name;
}

const every = ["NOT_IN_VIRTUALHOST", "NOT_IN_LIMIT", "NOT_IN_DIR"];

const expanded = new WeakMap<readonly string[], ReadonlySet<string>>();

/** The flags with their combinations resolved; NOT_IN_DIR stands for any directory-like section. Once for each list. */
function expand(flags: readonly string[]): ReadonlySet<string> {
  let found = expanded.get(flags);
  if (found === undefined) expanded.set(flags, (found = new Set(resolveCombinations(flags))));
  return found;
}

function resolveCombinations(flags: readonly string[]): readonly string[] {
  return flags.flatMap((flag) => {
    if (flag === "GLOBAL_ONLY") return every;
    if (flag === "NOT_IN_DIR_LOC_FILE") return ["NOT_IN_DIR"];
    return flag === "NOT_IN_DIR_CONTEXT" ? ["NOT_IN_LIMIT", "NOT_IN_DIR"] : [flag];
  });
}

function forbiddenIn13(
  flags: ReadonlySet<string>,
  node: ActiveNode,
  parent: ActiveSection,
  around: Surroundings,
): string | null {
  if (flags.has("NOT_IN_VIRTUALHOST") && around.inVirtualHost) return "<VirtualHost>";
  if (flags.has("NOT_IN_LIMIT") && node.limit !== null) return "<Limit>";
  if (flags.has("NOT_IN_DIR") && around.inDirectory) return "<Directory/Location/Files>";
  // 1.3 compares the end tag that the innermost section waits for.
  const flag = flagOf13.get(parent.key);
  return flag !== undefined && flags.has(flag) ? `<${parent.name}>` : null;
}

/** The flags of 1.3 for one kind of section each. */
const flagOf13: ReadonlyMap<string, string> = new Map([
  ["directory", "NOT_IN_DIRECTORY"],
  ["directorymatch", "NOT_IN_DIRECTORY"],
  ["location", "NOT_IN_LOCATION"],
  ["locationmatch", "NOT_IN_LOCATION"],
  ["files", "NOT_IN_FILES"],
  ["filesmatch", "NOT_IN_FILES"],
]);

function forbiddenIn2x(flags: ReadonlySet<string>, node: ActiveNode, around: Surroundings): string | null {
  if (flags.has("NOT_IN_VIRTUALHOST") && around.inVirtualHost) return "<VirtualHost>";
  // RequireAll and its kin set the method mask too, so that what is no authorization stops there (seen in 2.4.71).
  if (flags.has("NOT_IN_LIMIT") && (node.limit !== null || around.inAuthorization)) return "<Limit> or <LimitExcept>";
  if (flags.has("NOT_IN_DIR") && around.inDirectory) return "<Directory/Location/Files/Proxy>";
  let innermost: Surrounding | null = null;
  if (flags.has("NOT_IN_DIRECTORY")) innermost = deeper(innermost, around.directory);
  if (flags.has("NOT_IN_LOCATION")) innermost = deeper(innermost, around.location);
  if (flags.has("NOT_IN_FILES")) innermost = deeper(innermost, around.files);
  if (flags.has("NOT_IN_PROXY")) innermost = deeper(innermost, around.proxy);
  return innermost === null ? null : `<${innermost.name}>`;
}

function deeper(one: Surrounding | null, other: Surrounding | null): Surrounding | null {
  return (other?.depth ?? 0) > (one?.depth ?? 0) ? other : one;
}
