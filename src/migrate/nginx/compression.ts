import type { TableDirective } from "../../compile/table.ts";
import { compressionOf } from "../site/compression.ts";
import { lastNamed } from "../site/effective.ts";
import type { LineOutcomes } from "../site/line-outcomes.ts";

/** Lines for what httpd compresses; with the fields that it sends, and whatever the length and the version of HTTP. */
export function compressionLines(effective: readonly TableDirective[], outcomes: LineOutcomes): readonly string[] {
  const found = compressionOf(effective);
  if (found === null) return [];
  const { types, level, lines } = found;
  // nginx always takes text/html, and does not want it named.
  const named = types === null ? ["*"] : types.filter((one) => one !== "text/html" && !one.includes("*"));
  const made = [
    "gzip on;",
    "gzip_vary on;",
    "gzip_proxied any;",
    "gzip_min_length 0;",
    "gzip_http_version 1.0;",
    ...(named.length === 0 ? [] : [`gzip_types ${named.join(" ")};`]),
    ...(level === null ? [] : [`gzip_comp_level ${level};`]),
  ];
  outcomes.write(lines, made, "text/html always among them, and whatever the variable no-gzip says");
  return made;
}

/** FileETag None; what other words put into the field nobody but a cache compares. */
export function etagLines(effective: readonly TableDirective[], outcomes: LineOutcomes): readonly string[] {
  const line = lastNamed(effective, "fileetag");
  if (line === undefined) return [];
  if (line.args[0]?.toLowerCase() !== "none") {
    outcomes.drop([line], "nginx makes the field of time and length");
    return [];
  }
  outcomes.write([line], ["etag off;"], "no such field");
  return ["etag off;"];
}
