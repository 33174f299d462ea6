import { networkInterfaces } from "node:os";
import { isLinkLocal } from "./ip-address.ts";

/** The part of os.networkInterfaces() that is looked at. */
type Interfaces = Readonly<
  Record<
    string,
    readonly { readonly address: string; readonly family: string; readonly internal: boolean }[] | undefined
  >
>;

/**
 * An address at which others can reach this machine, for a server that listens at `listening`, an address or a word for all of
 * them: its first IPv4 address, else its first IPv6 address that is not of one link only, else 127.0.0.1.
 */
export function reachableAddress(
  listening: string | undefined,
  interfaces: () => Interfaces = networkInterfaces,
): string {
  if (listening !== undefined && !["*", "::", "0.0.0.0"].includes(listening)) return listening;
  const all = Object.values(interfaces()).flatMap((each) => each ?? []);
  const outer = all.filter(({ internal, address }) => !internal && !isLinkLocal(address));
  const found = outer.find(({ family }) => family === "IPv4") ?? outer[0];
  return found?.address ?? "127.0.0.1";
}
