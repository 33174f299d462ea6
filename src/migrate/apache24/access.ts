import type { Dialect } from "../../../grammar/dialect.ts";
import type { ActiveConfig, ActiveDirective, ActiveSection } from "../../config/active-config.ts";
import type { Addition, Draft } from "../draft.ts";
import type { SourceLine } from "../source-lines.ts";
import { changed, folded, lost } from "../verdict.ts";
import type { AccessLines } from "./access-rules.ts";
import { accessFormula, components, isUnknownRequire, renamedRequire } from "./access-rules.ts";
import { defineScopes } from "./define-scopes.ts";
import type { Formula } from "./formula.ts";
import { never, printFormula } from "./formula.ts";
import type { Guard, Inherit, Inherited } from "./guards.ts";
import { findGuards, inheritance, unseenGuard } from "./guards.ts";
import { formulasOfHosts, type HostCopies, hostCopies, type HostFormulas, type PlannedLines } from "./host-copies.ts";

/** What becomes of the access rules of one section. */
type Plan =
  /** A block that says all; `narrower`: more closed than before for some requests. */
  | { readonly kind: "block"; readonly formula: Formula; readonly narrower?: string }
  /** Blocks that say all, one of them for each host where it comes to something else. */
  | ({ readonly kind: "hosts" } & HostFormulas)
  /** A block that holds beside what is inherited. */
  | { readonly kind: "and"; readonly formula: Formula }
  /** No block can say it. */
  | { readonly kind: "compatible" };

/**
 * Writes Order, Allow, Deny, Satisfy and Require as Require lines that decide alike. Until 2.2 the three kinds of lines are
 * inherited apart from each other, in 2.4 all together, so a section that has only some of them must repeat what it
 * inherits. Where the configuration alone does not tell what that is, all lines stay with mod_access_compat, which inherits
 * as before. Returns whether they stay.
 */
export function migrateAccess(
  config: ActiveConfig,
  draft: Draft,
  { sections, unseen, mayRequire }: KnownFiles = { sections: new Map(), unseen: [], mayRequire: true },
): boolean {
  const defines = defineScopes(draft.source);
  const guards = findGuards(config, defines, sections);
  const folders = unseen.map((path) => unseenGuard(path, config.server));
  const inherit = inheritance(guards, config, defines, folders);
  const byHosts = (guard: Guard): HostFormulas | null => formulasOfHosts(guard, guards, config, inherit);
  const plans = guards.map((guard) => planFor(guard, inherit, config.dialect, byHosts));
  // Lines out of a macro have no place where a block could stand.
  const isExpanded = guards.some((guard) =>
    components.some((component) => guard[component].some((line) => draft.source.lineOf(line) === null)),
  );
  const certain = folders.length === 0 ? inherit : inheritance(guards, config, defines, []);
  const replaced = folders.find((folder) => isRestricted(folder, certain, config.dialect));
  if (replaced !== undefined) {
    draft.note(
      `.htaccess files below ${replaced.path ?? "folders by a pattern"} may say who may, and are not on this machine: a Require in them would replace all rules of 2.4, so they stay as they are`,
      false,
    );
  }
  const isOldFile = !mayRequire && guards.some(({ section }) => sections.has(section));
  const planned = plannedLines(guards, plans);
  const copies = planned === null ? null : hostCopies(planned, config, draft);
  if (isExpanded || isOldFile || replaced !== undefined || copies === null) {
    const [hidden] = replaced === undefined ? folders : [];
    if (hidden !== undefined) {
      draft.note(
        `.htaccess files below ${hidden.path ?? "folders by a pattern"} count, and are not on this machine: where they are, migrate may find Require lines for all rules`,
        false,
      );
    }
    keepCompatible(guards, inherit, draft, config.dialect);
    return true;
  }
  writeCopies(copies, draft);
  for (const [index, guard] of guards.entries()) {
    const plan = plans[index];
    if (plan !== undefined && plan.kind !== "compatible") writeBlock(guard, plan, draft, config.dialect);
  }
  return false;
}

/** The lines of each block; null when there is none for some section. */
function plannedLines(guards: readonly Guard[], plans: readonly Plan[]): ReadonlyMap<Guard, PlannedLines> | null {
  const found = new Map<Guard, PlannedLines>();
  for (const [index, guard] of guards.entries()) {
    const plan = plans[index];
    if (plan === undefined || plan.kind === "compatible") return null;
    found.set(guard, { lines: linesOfPlan(plan), ofHosts: plan.kind === "hosts" ? plan.ofHosts : new Map() });
  }
  return found;
}

function linesOfPlan(plan: Exclude<Plan, { kind: "compatible" }>): readonly string[] {
  const lines = printFormula(plan.formula);
  return plan.kind === "and" ? ["AuthMerging And", ...lines] : lines;
}

function writeCopies(copies: HostCopies, draft: Draft): void {
  const why = "who may there by what the section inherits in this host";
  for (const [host, sections] of copies) {
    const open = draft.source.lineOf(host);
    for (const { guard, lines } of sections) {
      const from = linesOf(guard, draft)[0]?.line ?? null;
      if (open !== null) draft.addAfter(open, { lines: lines.map((line) => `    ${line}`), why, from });
    }
  }
}

/** What is known of .htaccess files. */
export interface KnownFiles {
  /** The sections that stand for files. */
  readonly sections: ReadonlyMap<ActiveSection, unknown>;
  /** Folders whose files nobody has seen; null: by a pattern. */
  readonly unseen: readonly (string | null)[];
  /** Whether each file may have Require lines, which want AuthConfig; Order wants Limit. */
  readonly mayRequire: boolean;
}

/** Whether rules hold in a folder that a .htaccess file there takes the place of, in 2.4 all of them together. */
function isRestricted(folder: Guard, inherit: Inherit, dialect: Dialect): boolean {
  const lines = components.map((component) => inherit(folder, component));
  return lines.some((inherited, index) => !isTrivial(inherited, components[index] ?? "hosts", dialect));
}

const nothing: AccessLines = { hosts: [], users: [], satisfy: [] };

/** What surely holds for a component: own lines or inherited ones; null when that depends on the request. */
function resolve(guard: Guard, component: keyof AccessLines, inherit: Inherit): readonly ActiveDirective[] | null {
  if (guard[component].length > 0) return guard[component];
  const inherited = inherit(guard, component);
  switch (inherited.kind) {
    case "none":
      return [];
    case "from":
      return inherited.guard[component];
    case "unknown":
      // `Satisfy all` is what holds without any line.
      return component === "satisfy" && !inherited.unseen && !inherited.guards.some(mayBeAny) ? [] : null;
    default:
      return inherited satisfies never;
  }
}

const mayBeAny = ({ satisfy }: Guard): boolean => satisfy.some(({ words }) => words[0]?.value.toLowerCase() === "any");

function planFor(
  guard: Guard,
  inherit: Inherit,
  dialect: Dialect,
  byHosts: (guard: Guard) => HostFormulas | null,
): Plan {
  // Which of its lines count is said by the start of the server.
  if (guard.scopes === null) return { kind: "compatible" };
  const hosts = resolve(guard, "hosts", inherit);
  const users = resolve(guard, "users", inherit);
  const satisfy = resolve(guard, "satisfy", inherit);
  if (hosts !== null && users !== null && satisfy !== null) {
    return { kind: "block", formula: accessFormula({ hosts, users, satisfy }, dialect) };
  }
  const byHost = hosts === null ? null : accessFormula({ ...nothing, hosts }, dialect);
  if (byHost?.kind === "never") {
    if (satisfy?.length === 0) return { kind: "block", formula: never };
    const narrower = "a user who was let in by an inherited Satisfy any is no longer";
    return blockOfHosts(byHosts(guard)) ?? { kind: "block", formula: never, narrower };
  }
  // What is inherited may stand beside the own block if nothing in it is to be replaced.
  const own = components.filter((component) => guard[component].length > 0);
  const isFree = (): boolean => own.every((component) => isTrivial(inherit(guard, component), component, dialect));
  if (satisfy?.length !== 0 || guard.satisfy.length > 0 || !isFree()) {
    return blockOfHosts(byHosts(guard)) ?? { kind: "compatible" };
  }
  const ownLines = { ...nothing, hosts: guard.hosts, users: guard.users };
  return { kind: "and", formula: accessFormula(ownLines, dialect) };
}

function blockOfHosts(found: HostFormulas | null): Plan | null {
  return found === null ? null : { kind: "hosts", ...found };
}

/** Whether everything that may be inherited of a component lets everybody in. */
function isTrivial(inherited: Inherited, component: keyof AccessLines, dialect: Dialect): boolean {
  if (inherited.kind === "unknown" && inherited.unseen) return false;
  const guards = inherited.kind === "none" ? [] : inherited.kind === "from" ? [inherited.guard] : inherited.guards;
  return guards.every(
    (guard) => accessFormula({ ...nothing, [component]: guard[component] }, dialect).kind === "always",
  );
}

/** The lines of a section in the order of the file. */
function linesOf(
  guard: Guard,
  draft: Draft,
): readonly { readonly line: SourceLine; readonly directive: ActiveDirective }[] {
  const place = ({ file }: SourceLine): number => draft.source.files.indexOf(file);
  return [...guard.hosts, ...guard.users, ...guard.satisfy]
    .flatMap((directive) => {
      const line = draft.source.lineOf(directive);
      return line === null ? [] : [{ line, directive }];
    })
    .sort(({ line: a }, { line: b }) => (a.file === b.file ? a.line.start - b.line.start : place(a) - place(b)));
}

function placeText({ file, first }: SourceLine, from: SourceLine): string {
  return file === from.file ? `line ${first}` : `${file.path}:${first}`;
}

function writeBlock(guard: Guard, plan: Exclude<Plan, { kind: "compatible" }>, draft: Draft, dialect: Dialect): void {
  const [first, ...rest] = linesOf(guard, draft);
  if (first === undefined) return;
  const text = linesOfPlan(plan);
  const same =
    rest.length === 0 && text.length === 1 && text[0]?.toLowerCase() === first.line.text.trim().toLowerCase();
  const why = "the access rules of the section as Require lines, which decide alike";
  if (!same) draft.judge(first.line, changed(text, why));
  for (const { line, directive } of [first, ...rest]) {
    if (directive.key === "require" && isUnknownRequire(directive, dialect)) {
      const name = directive.words[0]?.value ?? "";
      draft.judge(line, lost(`httpd 2.4 has nothing for Require ${name} here: nobody is let in by it`));
      if (line === first.line) draft.addBefore(line, { lines: text, why, from: line });
    } else if (line !== first.line) {
      draft.judge(line, folded(`in the Require lines of ${placeText(first.line, line)}`));
    }
  }
  if (plan.kind === "block" && plan.narrower !== undefined) {
    draft.note(`The access rules are narrower than they were: ${plan.narrower}`, false, first.line);
  }
}

/** mod_access_compat decides by Order, Allow and Deny as before, but it inherits Satisfy together with them. */
function keepCompatible(guards: readonly Guard[], inherit: Inherit, draft: Draft, dialect: Dialect): void {
  draft.note(
    "What a section inherits depends on the request, so Order, Allow, Deny and Satisfy stay as they are, with mod_access_compat",
    false,
  );
  for (const guard of guards) {
    const own = linesOf(guard, draft);
    const [first] = own;
    if (first === undefined) continue;
    const hosts = resolve(guard, "hosts", inherit);
    const users = resolve(guard, "users", inherit);
    const satisfy = resolve(guard, "satisfy", inherit);
    const inherited = inherit(guard, "satisfy");
    // With hosts of its own a section has `Satisfy all` in 2.4: more closed than what a file may have said.
    const isUnsaid = inherited.kind === "unknown" && inherited.unseen && !inherited.guards.some(mayBeAny);
    const mayMeetAny =
      satisfy === null ? !isUnsaid : satisfy.some(({ words }) => words[0]?.value.toLowerCase() === "any");
    const hasOwnAll = guard.hosts.length > 0 && guard.satisfy.length === 0;
    const isAny = mayMeetAny && !hasOwnAll;
    const misses =
      (guard.satisfy.length > 0 && guard.hosts.length === 0 && hosts?.length !== 0) ||
      (guard.satisfy.length > 0 && isAny && users?.length === undefined);
    const isLimited = guard.users.some(({ limit }) => limit !== null);
    const isUnasked = guard.satisfy.length > 0 && isAny && users?.length === 0;
    if (
      misses ||
      (isAny && (isLimited || users?.some(({ limit }) => limit !== null))) ||
      own.some(({ directive }) => directive.key === "require" && isUnknownRequire(directive, dialect))
    ) {
      for (const { line } of own) draft.judge(line, lost("no block of 2.4 says it for every request: closed instead"));
      const lines = ["Satisfy all", "Order allow,deny", "Require all denied"];
      addAtTop(guard, { lines, why: "access rules that cannot be carried over are closed", from: first.line }, draft);
      continue;
    }
    if (mayMeetAny && hasOwnAll) {
      const why =
        "beside Order, Allow and Deny 2.4 inherits no `Satisfy any`, so who was let in by one of both here needs both: write `Satisfy any` here if every request of the section inherited it";
      draft.note(`The access rules may be narrower than they were: ${why}`, !isNever(guard, dialect), first.line);
    }
    for (const { line, directive } of own) {
      const renamed = directive.key === "require" ? renamedRequire(directive, dialect) : null;
      if (renamed !== null) draft.judge(line, changed(renamed, "its name in 2.4"));
    }
    if (isLimited) limitUsers(guard, draft, dialect);
    if (isUnasked) {
      for (const { line, directive } of own) {
        if (directive.key !== "satisfy") continue;
        draft.judge(line, folded("nobody is asked for a name here; 2.4 would let everybody in"));
      }
    }
  }
}

/** Whether the addresses of a section let nobody in. */
function isNever({ hosts }: Guard, dialect: Dialect): boolean {
  return accessFormula({ ...nothing, hosts }, dialect).kind === "never";
}

/** Where AuthType holds, 2.4 answers 500 to a method that no Require is for, so a block says what holds for each. */
function limitUsers(guard: Guard, draft: Draft, dialect: Dialect): void {
  const why = "2.4 wants a Require for every method where AuthType holds";
  for (const directive of guard.users) {
    const line = draft.source.lineOf(directive);
    if (line !== null) draft.judge(line, folded(`in the Require lines at the top of the section: ${why}`));
  }
  const lines = printFormula(accessFormula({ ...nothing, users: guard.users }, dialect));
  const from = draft.source.lineOf(guard.users[0] ?? guard.section);
  addAtTop(guard, { lines: lines.map((line) => (guard.isAccessFile ? line : `    ${line}`)), why, from }, draft);
}

/** Behind the opening line of a section, or at the top of a .htaccess file: outside of all that is inside. */
function addAtTop(guard: Guard, addition: Addition, draft: Draft): void {
  const open = draft.source.lineOf(guard.section);
  const [first] = linesOf(guard, draft);
  if (open !== null) draft.addAfter(open, addition);
  else if (first !== undefined) draft.addTop(first.line.file, addition);
}
