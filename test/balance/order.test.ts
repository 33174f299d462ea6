import type { Candidate } from "../../src/balance/candidacy.ts";
import { kept, sortedBy } from "../../src/balance/order.ts";
import { candidate, seededRandom } from "../support/candidate.ts";

const random = seededRandom(11);
/** Candidates that nothing but their load tells apart; some loads are the same. */
const some = (count: number): readonly Candidate[] =>
  Array.from({ length: count }, (_, index) => candidate(`web${index}`, { load: Math.floor(random() * 5) }));

const lists = Array.from({ length: 120 }, (_, index) => some(index % 60));

describe("kept", () => {
  test("keeps what filter keeps, and leaves the list as it was", () => {
    for (const list of lists) {
      const before = [...list];
      for (const least of [0, 1, 3, 5])
        expect(kept(list, ({ load }) => load >= least)).toEqual(list.filter(({ load }) => load >= least));
      expect(list).toEqual(before);
    }
  });

  test("gives the list itself where all are kept", () => {
    for (const list of lists) expect(kept(list, () => true)).toBe(list);
  });
});

describe("sortedBy", () => {
  test("sorts as a stable sort does, with keys that are asked for once and may be infinite", () => {
    for (const list of lists) {
      let asked = 0;
      const keyOf = ({ load }: Candidate): number => (load === 4 ? Infinity : load === 0 ? -Infinity : load);
      const sorted = sortedBy(list, (one) => {
        asked += 1;
        return keyOf(one);
      });
      const expected = [...list].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : keyOf(a) > keyOf(b) ? 1 : 0));
      expect(sorted).toEqual(expected);
      expect(asked).toBe(list.length);
    }
  });
});
