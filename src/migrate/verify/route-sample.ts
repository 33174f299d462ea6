import { toBytes } from "../../routing/bytes.ts";
import type { Match, Refusal } from "../../routing/match.ts";
import type { Router } from "../../routing/router.ts";
import type { SampleRequest } from "../../samples/sample-requests.ts";

/** Routes a sample as a client would send it: its Host field is all that it says of itself. */
export function routeSample(
  { address, port, host, path, method, from }: SampleRequest,
  router: Router,
): Match | Refusal {
  const name = host === null ? null : toBytes(host);
  return router.route({
    localAddress: address,
    localPort: port,
    host: name,
    target: toBytes(path),
    method,
    client: { address: from, protocol: "HTTP/1.1", headers: name === null ? [] : ["Host", name] },
  });
}
