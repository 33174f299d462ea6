import { redis } from "../../../src/stats/transports/redis.ts";
import { testBus } from "../../support/bus-contract.ts";
import { hasProgram } from "../../support/bus-server.ts";
import { describeIf } from "../../support/shared.ts";

describeIf(hasProgram("redis-server"), "redis-server is not there")("redis", () => {
  testBus(redis, "redis-server", (password) => `:${password}`);
});
