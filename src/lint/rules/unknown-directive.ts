import { dialects, type Dialect } from "../../../grammar/dialect.ts";
import { directivesOf, findModule, lookupDirective } from "../../../grammar/directives/lookup.ts";
import type { ActiveConfig, ActiveNode, FileReading } from "../../config/active-config.ts";
import { argumentProblem } from "../../config/arguments.ts";
import { contextProblem } from "../../config/contexts.ts";
import { likeDirective } from "../../config/like-directive.ts";
import { valueProblem } from "../../config/values.ts";
import { BYTE_ORDER_MARK, UTF_16 } from "../../source/encoding-marks.ts";
import { gluedFunction } from "../glued-function.ts";
import { nearest } from "../nearest.ts";
import { fixAt, nameOnly } from "../places.ts";
import { quote } from "../quote.ts";
import { defineRule, type Finding, type RuleContext } from "../rule.ts";

/** A file full of garbage is not worth a search of all names for every word of it. */
const MOST_SEARCHES = 500;

type Advice = Pick<Finding, "help" | "fix">;

/** What runs Perl while the configuration is read: modules written in it bring directives of their own. */
const RUNS_PERL: ReadonlySet<string> = new Set(["perl", "perlmodule", "perlloadmodule", "perlrequire", "perlscript"]);

function missingBlank(node: ActiveNode): Advice | null {
  const definition = gluedFunction(node.name);
  if (node.kind !== "directive" || definition === null) return null;
  const { start, end } = nameOnly(node.origin).span;
  const text = `Backhand ${definition.name}`;
  return { help: `did you mean \`${text}\`?`, ...fixAt(node.origin, true, [{ start, end, text }]) };
}

/** `Limit GET` without brackets, or `<ServerName x>` with them. */
function otherKind(node: ActiveNode, dialect: Dialect): Advice | null {
  if (lookupDirective(dialect, node.name, node.kind === "directive").length === 0) return null;
  return { help: node.kind === "directive" ? `\`<${node.name}>\` is a section` : `\`${node.name}\` is no section` };
}

function otherDialects(node: ActiveNode, { dialect, dialectReason }: ActiveConfig): Advice | null {
  const having = dialects.filter(
    (one) => one !== dialect && lookupDirective(one, node.name, node.kind === "section").length > 0,
  );
  if (having.length === 0) return null;
  return { help: `httpd ${having.join(", ")} has it; this is read as ${dialect} (${dialectReason})` };
}

/** The nearest name of what may stand at the same place. */
function meant(node: ActiveNode, dialect: Dialect): Advice | null {
  if (node.origin === null) return null;
  const candidates = directivesOf(dialect).filter((spec) => spec.section === (node.kind === "section"));
  // Searching first and asking for the place then is the same and a hundred times cheaper.
  const rejected = new Set<string>();
  for (let tries = 0; tries < 5; tries++) {
    const name = nearest(
      node.name,
      candidates.flatMap((spec) => (rejected.has(spec.name) ? [] : [spec.name])),
    );
    const spec = candidates.find((one) => one.name === name);
    if (name === null || spec === undefined) return null;
    rejected.add(name);
    const shown = node.kind === "section" ? `<${name}>` : name;
    const help = `did you mean \`${shown}\`?`;
    if (node.kind === "directive") {
      const renamed = likeDirective(node, { name, key: name.toLowerCase(), spec, unknown: undefined });
      if (contextProblem(renamed) !== null) continue;
      // httpd would stop at the same line again.
      if (argumentProblem(renamed) !== null || valueProblem(renamed) !== null) return { help };
    }
    const { start, end } = nameOnly(node.origin).span;
    return { help, ...fixAt(node.origin, false, [{ start, end, text: name }]) };
  }
  return null;
}

function report(node: ActiveNode, { config, report }: RuleContext, opaque: boolean, search: boolean): void {
  if (node.origin === null || node.unknown === undefined) return;
  const place = nameOnly(node.origin);
  const noun = node.kind === "section" ? "section" : "directive";
  const shown = node.kind === "section" ? `<${node.name}>` : node.name;
  if (node.unknown.reason === "younger") {
    const message = `${noun[0]?.toUpperCase() ?? ""}${noun.slice(1)} ${quote(shown)} came with httpd ${node.unknown.since}`;
    report({ ...place, message, help: "the release that was asked for does not have it", fatal: true });
    return;
  }
  if (node.unknown.reason === "inactive") {
    const files = node.unknown.modules.map((name) => findModule(config.dialect, name)?.file ?? name);
    // The TLS modules of IBM and Oracle have the names of others' directives: `ibm_ssl_module`, `ossl_module`.
    const isTls = (name: string): boolean => /ssl/i.test(name);
    if (files.every(isTls) && config.modules.unrecognised.some(isTls)) return;
    const modules = files.join(" or ");
    const help = `load ${modules}, or put it into \`<IfModule ${files[0] ?? ""}>\``;
    report({
      ...place,
      message: `Unavailable ${noun} ${quote(shown)}: ${modules} is not loaded here`,
      help,
      fatal: true,
    });
    return;
  }
  if (UTF_16.test(node.name)) {
    const message = `Text in UTF-16: httpd reads its bytes one by one and finds no directive`;
    report({ ...place, message, help: "save the file as UTF-8 without a byte order mark", fatal: true });
    return;
  }
  if (node.name.startsWith(BYTE_ORDER_MARK)) {
    const edits = [{ start: place.span.start, end: place.span.start + 1, text: "" }];
    const message = `Byte order mark before ${quote(node.name.slice(1))}: httpd takes it for a part of the name`;
    report({
      ...place,
      message,
      help: "save the file as UTF-8 without it",
      fatal: true,
      ...fixAt(node.origin, true, edits),
    });
    return;
  }
  // What a build will replace, `@@LoadModule@@`.
  if (node.name.startsWith("@")) return;
  const advice =
    missingBlank(node) ??
    otherKind(node, config.dialect) ??
    otherDialects(node, config) ??
    (search ? meant(node, config.dialect) : null);
  if (opaque && advice === null) return;
  const message = `Unknown ${noun} ${quote(shown)}`;
  report({ ...place, message, ...advice, ...(opaque ? { severity: "warning" } : { fatal: true }) });
}

/** Names that no module of this httpd has, in any case: httpd stops at them. */
export const unknownDirective = defineRule({
  id: "unknown-directive",
  summary: "Every directive is one that a loaded module has",
  category: "syntax",
  severity: "error",
  fixable: "safe",
  dialects,
  create: (context) => {
    const unknown: ActiveNode[] = [];
    let opaque = context.config.modules.unrecognised.length > 0;
    return {
      directive(directive) {
        opaque ||= RUNS_PERL.has(directive.key);
        if (directive.unknown !== undefined) unknown.push(directive);
      },
      section(section) {
        opaque ||= RUNS_PERL.has(section.key);
        if (section.unknown !== undefined) unknown.push(section);
      },
      end() {
        let before: { readonly reading: FileReading | null; readonly line: number } = { reading: null, line: 0 };
        for (const [index, node] of unknown.entries()) {
          if (context.isFull()) return;
          if (node.origin === null) continue;
          const { reading } = node.origin;
          const { line } = reading.source.position(node.origin.line.start);
          // httpd 1.3 cuts a line that is too long, and the pieces are no mistakes of their own.
          const isRest = before.line === line && before.reading === reading;
          if (!isRest || node.origin.expandedFrom !== undefined) report(node, context, opaque, index < MOST_SEARCHES);
          before = { reading, line };
        }
      },
    };
  },
});
