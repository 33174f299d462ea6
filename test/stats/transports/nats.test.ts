import { nats } from "../../../src/stats/transports/nats.ts";
import { testBus } from "../../support/bus-contract.ts";
import { hasProgram } from "../../support/bus-server.ts";
import { describeIf } from "../../support/shared.ts";

describeIf(hasProgram("nats-server"), "nats-server is not there")("nats", () => {
  testBus(nats, "nats-server", (password) => `me:${password}`);
});
