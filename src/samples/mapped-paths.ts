import type { Host, TableDirective } from "../compile/table.ts";
import { globSample } from "./glob-sample.ts";
import { patternSample } from "./pattern-sample.ts";

/** Where a part of the URLs lies in the file system. */
export interface Mapping {
  /** Path of URLs, without a slash at the end. */
  readonly url: string;
  /** Folder, likewise. */
  readonly folder: string;
}

const withoutSlash = (path: string): string => path.replace(/\/+$/, "");

/** The mappings of a host's lines, in their order. */
export function mappingsOf({ directives }: Pick<Host, "directives">): readonly Mapping[] {
  return directives.flatMap(({ name, args: [first = "", second = ""] }) => {
    switch (name.toLowerCase()) {
      case "documentroot":
        return [{ url: "", folder: withoutSlash(first) }];
      case "alias":
      case "scriptalias":
        return [{ url: withoutSlash(first), folder: withoutSlash(second) }];
      default:
        return [];
    }
  });
}

/** The paths of URLs that lead to a folder; a folder above a mapped one is reached wherever that is. */
export function urlsOf(folder: string, mappings: readonly Mapping[]): readonly string[] {
  const path = withoutSlash(folder);
  return mappings.flatMap((mapping) => {
    if (path === mapping.folder || mapping.folder.startsWith(`${path}/`)) return [`${mapping.url}/`];
    return path.startsWith(`${mapping.folder}/`) ? [`${mapping.url}${path.slice(mapping.folder.length)}/`] : [];
  });
}

/** Paths that the host's own lines tell apart: aliases, redirects, proxied paths. */
export function pathsOfDirective({ name, args }: TableDirective): readonly string[] {
  switch (name.toLowerCase()) {
    case "alias":
    case "scriptalias":
    case "proxypass":
      return below(args[0]);
    case "redirect":
    case "redirectpermanent":
    case "redirecttemp":
      return below(args.find((word) => word.startsWith("/")));
    case "aliasmatch":
    case "scriptaliasmatch":
    case "redirectmatch": {
      const pattern = args.find((word) => word.includes("/") && !/^[a-z]+:\/\//.test(word)) ?? args[0] ?? "";
      const sample = patternSample(pattern);
      return sample === null ? [] : [asPath(sample)];
    }
    case "userdir":
      return ["/~user/"];
    default:
      return [];
  }
}

/** A path, one below it, and its neighbour with the same beginning: `/a` must not catch `/ab`. */
export function below(path: string | undefined): readonly string[] {
  if (path === undefined || !path.startsWith("/")) return [];
  const bare = withoutSlash(globSample(path));
  return bare === "" ? ["/", "/sample"] : [bare, `${bare}/`, `${bare}/sample`, `${bare}x`];
}

/** A sample as the path of a request. */
export function asPath(sample: string): string {
  return sample.startsWith("/") ? sample : `/${sample}`;
}
