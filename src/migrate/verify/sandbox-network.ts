import { readAddress, splitPort } from "../../compile/addresses.ts";
import type { RoutingTable } from "../../compile/table.ts";

/**
 * The addresses and ports of a configuration on the loopback: each address becomes one of 127.0.0.0/8, each port a free one.
 */
export class SandboxNetwork {
  /** Where the server answers that stands in for every member of a balancer. */
  readonly upstreamPort: number;
  readonly #free: number[];
  readonly #addresses = new Map<string, string>();
  readonly #ports = new Map<number, number>();

  /** `free` are ports that nobody listens on; one for each port of the configuration. */
  constructor(free: readonly number[]) {
    const [upstream = 0, ...rest] = free;
    this.upstreamPort = upstream;
    this.#free = [...rest];
  }

  /** The port that stands for one of the configuration. */
  port(port: number): number {
    let found = this.#ports.get(port);
    if (found === undefined) {
      found = this.#free.pop();
      if (found === undefined) throw new Error("The configuration has more ports than the sandbox");
      this.#ports.set(port, found);
    }
    return found;
  }

  /** The IP address that stands for one of the configuration, by its text. */
  ip(text: string): string {
    let found = this.#addresses.get(text);
    if (found === undefined) {
      const count = this.#addresses.size + 1;
      found = `127.77.${count >> 8}.${count & 255}`;
      this.#addresses.set(text, found);
    }
    return found;
  }

  /** A word of a VirtualHost. */
  address(word: string): string {
    const { host, port } = splitPort(word);
    const read = readAddress(word);
    const isAny = !("error" in read) && (read.address === "*" || read.address === "_default_");
    const name = isAny ? host || "*" : this.ip("error" in read ? host.toLowerCase() : read.address);
    if (port === null) return name;
    return `${name}:${port === "*" ? "*" : this.port(Number(port))}`;
  }

  /** The word of a Listen. */
  listen(word: string): string {
    if (/^\d+$/.test(word)) return `0.0.0.0:${this.port(Number(word))}`;
    const { host, port } = splitPort(word);
    const read = readAddress(word);
    const isAny = !("error" in read) && (read.address === "*" || read.address === "_default_");
    const mapped = this.port(Number(port ?? "80"));
    return isAny ? `0.0.0.0:${mapped}` : `${this.ip("error" in read ? host.toLowerCase() : read.address)}:${mapped}`;
  }

  /** Whether an address is one of the configuration, which has its own on the loopback. */
  known(table: Pick<RoutingTable, "hosts" | "listen">, address: string): boolean {
    return (
      table.listen.some((listen) => listen.address === address) ||
      table.hosts.some(({ addresses }) => addresses.some((own) => own.address === address))
    );
  }

  /** A Location with the ports of the configuration. */
  bare(text: string): string {
    let result = text.replace(/:80(?=\/|$)/, "");
    for (const [port, mapped] of this.#ports) result = result.replace(`:${mapped}`, port === 80 ? "" : `:${port}`);
    return result;
  }

  /** Every port that is in use, by the configuration's. */
  get ports(): ReadonlyMap<number, number> {
    return this.#ports;
  }
}
