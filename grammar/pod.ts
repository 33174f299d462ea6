import type { Line } from "./syntax-tree.ts";

/**
 * Puts documentation between the lines into raw text, as mod_perl's commands take it out of the file while httpd reads:
 * behind `=pod` or `=back` all up to a line that is `=cut`, or one with `=over` that names httpd or apache; behind `__END__`
 * the rest of the file. Without mod_perl the command itself is an unknown directive, and one mistake.
 * modperl_cmd.c MP_CMD_SRV_DECLARE(pod) and (END); mod_perl 1.x perl_config.c perl_pod_section
 */
export function takeOutDocumentation(text: string, lines: readonly Line[]): readonly Line[] {
  if (!text.includes("=pod") && !text.includes("=back") && !text.includes("__END__")) return lines;
  const kept: Line[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index];
    if (line === undefined) break;
    kept.push(line);
    const key = line.kind === "directive" ? line.name.toLowerCase() : "";
    if (key !== "=pod" && key !== "=back" && key !== "__end__") continue;
    let last = index;
    for (let ended = false; !ended && last + 1 < lines.length;) {
      last += 1;
      const next = lines[last];
      ended = key !== "__end__" && next !== undefined && endsDocumentation(text.slice(next.start, next.end).trim());
    }
    const [first, end] = [lines[index + 1], lines[last]];
    if (last > index && first !== undefined && end !== undefined)
      kept.push({ kind: "raw", start: first.start, end: end.end });
    index = last;
  }
  return kept;
}

function endsDocumentation(text: string): boolean {
  return text === "=cut" || (text.includes("=over") && /httpd|apache/.test(text));
}
