import fc from "fast-check";
import { changedMembers, memberChanges } from "../../../src/server/workers/member-changes.ts";
import { candidate } from "../../support/candidate.ts";
import type { Member } from "../../../src/stats/member.ts";

const member = (id: string): Member => candidate(id);

test("a list after its changes is the list that they were made for", () => {
  const known = ["a", "b", "c", "d", "e"].map((id) => [member(id), member(id)]).flat();
  const list = fc.array(fc.constantFrom(...known), { maxLength: 8 });
  fc.assert(
    fc.property(list, list, (before, now) => {
      const changes = memberChanges(before, now);
      expect(changes === null ? before : changedMembers(before, structuredClone(changes))).toEqual(now);
      expect(before.length <= now.length || changes?.kind === "all").toBe(true);
    }),
  );
});

test("of many servers only those that have changed are told", () => {
  const before = Array.from({ length: 1000 }, (_, index) => member(`web${index}`));
  const after = before.slice();
  const changed = member("web7");
  after[7] = changed;
  expect(memberChanges(before, after)).toEqual({ kind: "some", members: [[7, changed]] });
  expect(memberChanges(before, before.slice())).toBeNull();
});
