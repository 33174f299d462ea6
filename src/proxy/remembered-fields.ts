import type { ClientSide } from "./request-fields.ts";

/** What was sent on for some fields of a client; `fields` is checked. */
interface Known extends Omit<ClientSide, "isTrusted"> {
  readonly raw: readonly string[];
  readonly fields: string;
}

interface Slot {
  /** Length of what was written last: the same length again may be the same fields again. */
  length: number;
  known: Known | null;
}

/** Connections that are told apart, by the client's port; a power of two. */
const slotCount = 256;

/** Longer heads are not kept: the memory should stay below a megabyte. */
const mostLength = 2048;

/**
 * The fields that went to a server with earlier requests, for one engine, since they depend on whom it trusts. Programs that
 * keep a connection mostly say the same with each request, and comparing costs a fifth of writing and checking the fields anew.
 */
export class RememberedFields {
  readonly #slots: Slot[] = Array.from({ length: slotCount }, () => ({ length: -1, known: null }));

  /** What went out for the same fields of the same client; null: not known. `port` is the client's. */
  find(port: number, raw: readonly string[], { address, encrypted, host }: ClientSide): string | null {
    const known = this.#slots[port & (slotCount - 1)]?.known ?? null;
    if (known === null || known.raw.length !== raw.length) return null;
    if (known.address !== address || known.encrypted !== encrypted || known.host !== host) return null;
    for (let index = 0; index < raw.length; index += 1) if (raw[index] !== known.raw[index]) return null;
    return known.fields;
  }

  /** Keeps checked fields, once something of their length has come twice in a row. */
  keep(port: number, raw: readonly string[], client: ClientSide, fields: string): void {
    const slot = this.#slots[port & (slotCount - 1)];
    if (slot === undefined) return;
    const isTwice = slot.length === fields.length && fields.length <= mostLength;
    const { address, encrypted, host } = client;
    slot.length = fields.length;
    slot.known = isTwice ? { raw, address, encrypted, host, fields } : null;
  }
}
