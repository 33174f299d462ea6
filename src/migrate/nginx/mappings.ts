import type { HostFolder } from "../site/host-folders.ts";
import type { PatternMapping } from "../site/host-mappings.ts";
import { captureName, type Filling } from "../site/pattern-mapping.ts";
import { HOMES } from "../site/user-mapping.ts";
import { changed, lost } from "../verdict.ts";
import type { Places } from "../site/places.ts";
import type { SharedVariables } from "./shared-variables.ts";
import { redirectLines } from "./redirects.ts";

/** A target as nginx fills it in where its expression has matched, in quotes. */
export function filledText({ parts, stem }: Pick<Filling, "parts" | "stem">): string {
  const text = parts.map((part) => {
    if (part.kind === "text") return part.text;
    return part.kind === "path" ? "${uri}" : `\${${captureName(stem, part.number)}}`;
  });
  return `"${text.join("")}"`;
}

/** A folder that names of hosts give, in quotes. */
export function hostFolderText({ parts }: HostFolder, variables: SharedVariables): string {
  const text = parts.map((part) => {
    if (part.kind === "text") return part.text;
    const row = `"~${part.pattern.replace(/["\\]/g, "\\$&")}" $backhand_part;`;
    return `\${${variables.define("map", "$host", "host_part", ["default _;", row]).slice(1)}}`;
  });
  return `"${text.join("")}"`;
}

/** What answers where a mapping leads that is no server, and what has become of its line; empty where `root` says it. */
export function mappingLines({ directive, to }: PatternMapping, isExact: boolean, places: Places): readonly string[] {
  switch (to.kind) {
    case "lost": {
      const lines = ["try_files /.backhand-none =503;"];
      places.judge(directive.place, lost(`nginx cannot say this line, since ${to.why}: answers 503`, lines));
      return lines;
    }
    case "address":
      return redirectLines([to.redirect], "nginx", places);
    case "folder": {
      if (isExact) return [];
      const line = `alias ${filledText(to.filling)};`;
      const homes = directive.name.toLowerCase() === "userdir" && to.filling.lead === `${HOMES}/`;
      const why = homes ? `homes of users are taken to lie in ${HOMES}` : "where its expression matches";
      places.judge(directive.place, changed(line, why));
      return [line];
    }
    case "host-folder":
    case "server":
      return [];
    default:
      return to satisfies never;
  }
}
