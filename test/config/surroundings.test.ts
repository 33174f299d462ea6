import type { ActiveSection } from "../../src/config/active-config.ts";
import { contextProblem } from "../../src/config/contexts.ts";
import { read } from "./reading.ts";

/** Steps outwards that judging a line in each of the sections inside each other takes, the innermost first. */
function stepsOutwards(depth: number): number {
  const { server } = read("<Files a>\nOptions None\n</Files>\n", "1.3");
  const [files] = server.children;
  const options = files?.kind === "section" ? files.children[0] : undefined;
  if (files?.kind !== "section" || options?.kind !== "directive") throw new Error("A section with a directive");
  let steps = 0;
  const sections: ActiveSection[] = [server];
  for (let count = 0; count < depth; count += 1) {
    const outer = sections.at(-1) ?? null;
    const { kind, key, name, words, rawArgs, spec, limit, children, origin } = files;
    sections.push({
      ...{ kind, key, name, words, rawArgs, spec, limit, children, origin },
      get parent() {
        steps += 1;
        return outer;
      },
    });
  }
  const { kind, key, name, words, rawArgs, spec, limit, origin } = options;
  for (const parent of sections.reverse()) {
    if (parent === server) continue;
    const directive = { kind, key, name, words, rawArgs, spec, limit, origin, parent };
    if (contextProblem(directive) !== null) throw new Error("Options may stand there");
  }
  return steps;
}

describe("What stands around the lines of a nest as deep as a 1.3 file makes it", () => {
  test("is found with one step outwards for each section, whatever is asked first", () => {
    expect(stepsOutwards(1_000)).toBe(1_000);
    expect(stepsOutwards(20_000)).toBe(20_000);
  });
});
