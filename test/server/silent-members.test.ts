import { silenceText } from "../../src/server/silent-members.ts";
import type { StatusMember } from "../../src/server/status-report.ts";

const textOf = (member: Partial<StatusMember>) => silenceText({ id: "web1", state: "up", ...member } as StatusMember);

test.each([
  [20_000, "up", null],
  [20_001, "up", "web1 is silent for 20 s, and may be gone"],
  [119_999, "ejected", "web1 is silent for 119 s, and may be gone"],
  [31_000, "drain", "web1 is silent for 31 s, and was draining before: it has most likely ended"],
  [599_000, "up", "web1 is silent for 9 min, and may be gone"],
] as const)("a server that was heard of %d ms ago, state %s: %s", (ageMs, state, expected) => {
  expect(textOf({ ageMs, state })).toBe(expected);
});
