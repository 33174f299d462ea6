import type { TemporaryFolder } from "../support/temporary-folder.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { describeIf } from "../support/shared.ts";
import { freePorts, hasApache } from "./apache.ts";
import { compare, differenceText, shrink } from "./compare.ts";
import { Generator } from "./generate.ts";
import { seededRandom } from "./random.ts";
import { randomRequest } from "./requests.ts";
import { makeSite } from "./site.ts";

/** Configurations, and requests to each: 5,200 pairs in about 15 s. BACKHAND_SEED and BACKHAND_CONFIGURATIONS ask for others. */
const CONFIGURATIONS = Number(process.env["BACKHAND_CONFIGURATIONS"] ?? 104);
const REQUESTS = 50;
const firstSeed = Number(process.env["BACKHAND_SEED"] ?? 20_000);

/** With users the checks of passwords take their time. */
const WITH_USERS = 39;

/** Configurations of one test, so that a failure says where. */
const BATCH = 13;

describeIf(hasApache, "apache2 is not there")("any request goes where Debian's apache2 sends it", () => {
  let folder: TemporaryFolder;
  let root: string;

  beforeAll(() => {
    folder = temporaryFolder();
    root = makeSite(folder);
  });
  afterAll(() => {
    folder.remove();
  });

  const seedsFor = (count: number): readonly number[] =>
    Array.from({ length: count / BATCH }, (_, index) => firstSeed + index * BATCH);
  test.each([
    ...seedsFor(CONFIGURATIONS).map((first) => ({ first, withUsers: false, what: "sections and addresses" })),
    ...seedsFor(WITH_USERS).map((first) => ({ first, withUsers: true, what: "users and passwords" })),
  ])(
    "$what, configurations made from seed $first on",
    async ({ first, withUsers }) => {
      let compared = 0;
      for (let seed = first; seed < first + BATCH; seed++) {
        const random = seededRandom(seed);
        const ports = await freePorts(2);
        const scene = { ports, root, homes: `${folder.path}/home`, withUsers };
        const configuration = new Generator(random, scene).configuration();
        const requests = Array.from({ length: REQUESTS }, () => randomRequest(random, ports, withUsers));
        const result = await compare(folder, configuration, requests);
        if (result.kind === "refused") throw new Error(`Seed ${seed}: apache2 does not start: ${result.reason}`);
        const [difference] = result.differences;
        if (difference !== undefined) {
          const text = differenceText(await shrink(folder, difference));
          throw new Error(`Seed ${seed}, ${result.differences.length} of ${REQUESTS} requests, one of them:\n${text}`);
        }
        compared += result.requests;
      }
      expect(compared).toBe(BATCH * REQUESTS);
    },
    120_000,
  );
});
