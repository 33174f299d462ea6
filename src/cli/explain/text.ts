import { Chalk } from "chalk";

import type { Place } from "../../compile/table.ts";
import type { EffectiveDirective } from "../../routing/match.ts";
import type { Router } from "../../routing/router.ts";
import { isRefusal } from "../../routing/router.ts";
import { printable, widthOf } from "../../report/printable.ts";
import type { Explained } from "./explanation.ts";
import { filePlace, filePlaceText, usedAt } from "./file-place.ts";
import type { ExplainRequest } from "./request.ts";
import type { NotApplied, WhyNot } from "./why.ts";

const accessWords = {
  granted: "granted",
  denied: "denied (403)",
  authentication: "asks for a user (401)",
} as const;

/** A column as wide as its widest cell, but no wider than this; longer cells push what follows. */
const WIDEST = 48;

function columns(rows: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.min(WIDEST, Math.max(0, ...rows.map(([left]) => widthOf(left))));
  return rows.map(([left, right]) => `  ${left}${" ".repeat(Math.max(0, width - widthOf(left)))}  ${right}`.trimEnd());
}

function whyLines({ virtualHosts, sections }: WhyNot, title: (text: string) => string): readonly string[] {
  const rows = (all: readonly NotApplied[]): readonly string[] =>
    all.length === 0
      ? ["  none"]
      : all.flatMap(({ what, reason, ...place }) => [
          printable(`  <${what}>  ${filePlaceText(place)}`),
          printable(`      ${reason}`),
        ]);
  return ["", title("Other virtual hosts"), ...rows(virtualHosts), "", title("Other sections"), ...rows(sections)];
}

/** The text for people. Everything from the configuration and the request is made harmless for terminals. */
export function explanationText(
  request: ExplainRequest,
  { explanation, answer }: Explained,
  router: Router,
  color: boolean,
): string {
  const chalk = new Chalk({ level: color ? 1 : 0 });
  const at = (place: Place): string => printable(filePlaceText(filePlace(place, router)));
  const label = (name: string): string => chalk.bold(name.padEnd(14));
  const line = (name: string, value: string): string => `${label(name)}${value}`;
  const assumed = request.toIsGiven ? "" : chalk.dim(" (assumed; say --connect address:port)");
  const host = request.host === null ? "no Host" : `Host: ${request.host}`;
  const { virtualHost } = explanation;
  const owner =
    virtualHost === null
      ? "main server"
      : `${virtualHost.name === "" ? "(no name)" : virtualHost.name}  ${filePlaceText(virtualHost)}`;
  const lines = [
    line("Request", printable(`${request.method} ${request.path}, ${host}, to ${request.to}`) + assumed),
    line("Virtual host", printable(owner)),
    line("because", printable(explanation.reason)),
  ];
  const why = explanation.why === undefined ? [] : whyLines(explanation.why, chalk.bold);
  if (isRefusal(answer)) {
    const target = answer.location === null ? "" : ` → ${answer.location}`;
    return [...lines, line("Answer", printable(`${answer.status}${target}`)), ...why, ""].join("\n");
  }
  const by = answer.mappedBy;
  const mapping = by === null ? "built-in document root" : `${by.name} ${by.args.join(" ")}, ${at(by.place)}`;
  lines.push(line("File name", printable(answer.filename) + chalk.dim(`  by ${printable(mapping)}`)));
  if (answer.pathInfo !== "") lines.push(line("Path info", printable(answer.pathInfo)));
  lines.push("", chalk.bold("Sections, in the order in which they merge"));
  lines.push(
    ...(answer.sections.length === 0
      ? ["  none"]
      : columns(
          answer.sections.map(({ kind, argument, place }) =>
            kind === "htaccess" ? [".htaccess", at(place)] : [printable(`<${kind} ${argument}>`), at(place)],
          ),
        )),
  );
  lines.push("", chalk.bold("Directives in effect"));
  const row = ({ name, args, place, overrides, limit }: EffectiveDirective): readonly [string, string] => {
    const only =
      limit === undefined ? "" : `  (${limit.except ? "all methods but" : "for"} ${limit.methods.join(" ")})`;
    const lost = overrides.length === 0 ? "" : chalk.dim(`  overrides ${overrides.map(at).join(", ")}`);
    return [printable(`${name} ${args.join(" ")}${only}`), at(place) + lost];
  };
  lines.push(...(answer.effective.length === 0 ? ["  none"] : columns(answer.effective.map(row))));
  lines.push("", chalk.bold("Candidacy functions"));
  lines.push(
    ...(answer.pipeline.length === 0
      ? ["  none: not balanced"]
      : columns(
          answer.pipeline.map(({ function: name, argument, from, place }, index) => [
            printable(
              `${index + 1} ${name}${argument === null ? "" : ` ${argument}`}${from === null ? "" : ` from ${from}`}`,
            ),
            at(place),
          ]),
        )),
  );
  const redirect =
    explanation.status === null
      ? []
      : [line("Redirect", printable(`${explanation.status} ${explanation.location ?? ""}`))];
  return [
    ...lines,
    "",
    line("Access", `${accessWords[explanation.access]} for a client at ${printable(request.from)}`),
    ...redirect,
    line("Handler", printable(explanation.handler ?? "none")),
    ...explanation.dependsOn.map(({ directive, path, line: number, uses }) =>
      line("Depends on", printable(`${directive}, line ${number} of ${path}${usedAt(uses)}`)),
    ),
    ...why,
    "",
  ].join("\n");
}
