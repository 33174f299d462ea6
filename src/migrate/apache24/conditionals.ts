import type { ActiveConfig } from "../../config/active-config.ts";
import type { Draft } from "../draft.ts";
import type { SourceLine } from "../source-lines.ts";
import { changed, dropped, folded } from "../verdict.ts";
import type { LineContext } from "./line-rule.ts";
import { quoted } from "./line-rule.ts";
import { successorsOf } from "./process-rules.ts";
import type { Tags } from "./tags.ts";

/**
 * Conditions: what the configuration itself decides is decided, so that the lines of a true one stand alone and those of a
 * false one go. IfDefine stays, since it is for the command line; and where nothing loads modules IfModule stays too, under
 * the new names.
 */
export function migrateConditionals(config: ActiveConfig, draft: Draft, tags: Tags, context: LineContext): void {
  for (const { key, argument, value, origin } of config.conditionals) {
    const open = origin.expandedFrom === undefined ? draft.source.at(origin) : null;
    if (open === null || draft.isJudged(open)) continue;
    const close = tags.closeOf(open);
    if (!value) {
      dropBranch(open, close, tags, draft, `<${nameOf(open)} ${argument}> is false here, so httpd never read it`);
      continue;
    }
    if (key === "ifdefine" || key === "iffile") continue;
    const name = argument.replace(/^!/, "");
    const mpm = key === "ifmodule" ? mpmOf(name) : null;
    if (mpm !== null && mpm !== context.mpm && !argument.startsWith("!")) {
      const why = `for the MPM ${mpm}: the new server runs with ${context.mpm}`;
      for (const line of tags.between(open, close)) draft.drop(line, dropped(why));
      continue;
    }
    const next = key === "ifmodule" ? successorsOf(name.replace(/_module$/, "")) : null;
    const [first] = next ?? [];
    if (
      key === "ifmodule" &&
      !argument.startsWith("!") &&
      config.modules.assumed &&
      first !== undefined &&
      context.hasModule(first)
    ) {
      const to = `<IfModule ${quoted(`${first}.c`)}>`;
      if (open.text.trim() !== to && name !== `${first}.c`) draft.judge(open, changed(to, "the module's name in 2.4"));
      continue;
    }
    const why = `<${nameOf(open)} ${argument}> is true here: its lines stand without it`;
    draft.judge(open, folded(why));
    if (close !== null) draft.judge(close, folded(why));
  }
  for (const line of tags.stray) {
    if (line.active) draft.judge(line, folded("closes nothing, which only httpd 1.3 lets pass"));
  }
  dropUnread(config, draft);
}

/** The MPM that a module of 2.x is, under each of its names; null for other modules. */
function mpmOf(name: string): string | null {
  const [, mpm = null] =
    /^(?:mod_)?(?:mpm_)?(prefork|worker|event|perchild|winnt|netware|beos|leader|threadpool|mpmt_os2)(?:_module|\.c)?$/.exec(
      name,
    ) ?? [];
  return mpm;
}

const nameOf = ({ line }: SourceLine): string => ("name" in line ? line.name : "");

function dropBranch(open: SourceLine, close: SourceLine | null, tags: Tags, draft: Draft, why: string): void {
  for (const line of tags.between(open, close)) {
    // 1.3 ends a false branch at the first fitting tag, whatever the nesting of the text says.
    if (line.active && line !== open && line !== close) continue;
    draft.judge(line, dropped(why));
  }
}

/** Whatever else httpd does not read: text behind its end of a file, lines that it loses. */
function dropUnread(config: ActiveConfig, draft: Draft): void {
  const inMacros = new Set<SourceLine>();
  for (const file of draft.source.files) {
    let isMacro = false;
    for (const line of file.lines) {
      const name = nameOf(line).toLowerCase();
      if (line.line.kind === "open" && name === "macro") isMacro = true;
      if (isMacro) inMacros.add(line);
      if (line.line.kind === "close" && name === "macro") isMacro = false;
    }
  }
  for (const { lines } of draft.source.files) {
    for (const line of lines) {
      if (line.active || draft.isJudged(line) || inMacros.has(line)) continue;
      if (line.line.kind === "blank" || line.line.kind === "comment") continue;
      draft.judge(line, dropped(`httpd ${config.dialect} does not read this line`));
    }
  }
}
