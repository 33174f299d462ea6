import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { eventually, stopAll } from "../proxy/support.ts";
import { clusterLines, startTestServer } from "./support.ts";

afterEach(stopAll);

test("configurations that were replaced leave nothing behind", async () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const { server } = await startTestServer(clusterLines);
  const replaced: WeakRef<object>[] = [];
  for (let count = 0; count < 3; count += 1) {
    const { table } = server.current().prepared;
    replaced.push(new WeakRef(server.current()));
    await server.reload({ table, accessFiles: null });
  }
  await eventually(() => {
    collect();
    return replaced.every((each) => each.deref() === undefined);
  }, "nothing holds them");
});
