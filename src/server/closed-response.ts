import type { ServerResponse } from "node:http";

/** Resolves when a response went out, or its client has left. */
export function closed(response: ServerResponse): Promise<undefined> {
  return new Promise((resolve) => {
    if (response.closed || response.destroyed) {
      resolve(undefined);
      return;
    }
    response.once("close", () => {
      resolve(undefined);
    });
  });
}
