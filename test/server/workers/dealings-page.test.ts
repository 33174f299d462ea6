import fc from "fast-check";
import type { Dealings } from "../../../src/balance/dealings.ts";
import type { DealingsPage } from "../../../src/server/workers/dealings-page.ts";
import { createDealingsWriter, readDealingsPage } from "../../../src/server/workers/dealings-page.ts";

const noPlaces = { taken: 0, waiting: 0, waited: 0, refused: 0 };

/** Keeps what it hears, server by server. */
function recorder() {
  const heard = new Map<string, string[]>();
  const note = (id: string, what: string): void => {
    heard.set(id, [...(heard.get(id) ?? []), what]);
  };
  let backhanded = 0;
  const dealings: Dealings = {
    started: (id) => {
      note(id, "started");
    },
    finished: (id) => {
      note(id, "finished");
    },
    answered: (id) => {
      note(id, "answered");
    },
    failed: (id, what) => {
      note(id, `failed: ${what}`);
    },
    backhanded: (milliseconds) => (backhanded += milliseconds),
  };
  return { dealings, heard, total: () => backhanded };
}

const event = fc.record({
  id: fc.constantFrom("web1", "web2", "__proto__"),
  kind: fc.constantFrom("started", "finished", "answered", "failed", "backhanded"),
});

test("what is written on pages is read from them: as many of each kind, outcomes in their order", () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 60 }), (events) => {
      const pages: DealingsPage[] = [];
      const writer = createDealingsWriter(
        () => 0,
        () => noPlaces,
        (page) => pages.push(structuredClone(page)),
      );
      const direct = recorder();
      for (const { id, kind } of events) {
        for (const to of [writer, direct.dealings]) {
          if (kind === "failed") to.failed(id, "no connection");
          else if (kind === "answered") to.answered(id, 4);
          else if (kind === "backhanded") to.backhanded(8);
          else to[kind](id);
        }
      }
      writer.close();
      const read = recorder();
      for (const page of pages) readDealingsPage(page, read.dealings);
      expect(read.total()).toBe(direct.total());
      const outcomes = (all: readonly string[] = []) => all.filter((each) => /^(?:answered|failed)/.test(each));
      const count = (all: readonly string[] = [], kind: string) => all.filter((each) => each === kind).length;
      expect([...read.heard.keys()].sort()).toEqual([...direct.heard.keys()].sort());
      for (const [id, all] of direct.heard) {
        expect(outcomes(read.heard.get(id))).toEqual(outcomes(all));
        for (const kind of ["started", "finished"]) expect(count(read.heard.get(id), kind)).toBe(count(all, kind));
      }
    }),
  );
});

test("a page without news is not sent, and what a worker is busy with is news", () => {
  const pages: DealingsPage[] = [];
  let busy = 0;
  const writer = createDealingsWriter(
    () => busy,
    () => noPlaces,
    (page) => pages.push(page),
  );
  writer.close();
  expect(pages).toEqual([]);
  busy = 3;
  writer.close();
  writer.close();
  expect(pages).toEqual([{ busy: 3, servers: [], backhanded: { count: 0, milliseconds: 0 }, places: noPlaces }]);
});
