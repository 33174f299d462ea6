import { requestFields } from "./request-fields.ts";
import type { ClientSide } from "./request-fields.ts";
import { sendable } from "./request-writer.ts";

/** What goes to the servers for some fields of a client. */
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
 * The fields that go to a server for those of a client, for one engine, since they depend on whom it trusts. Programs that keep a
 * connection mostly say the same with each request, and comparing costs less than writing and checking the fields anew.
 */
export class RememberedFields {
  readonly #via: string;
  readonly #slots: Slot[] = Array.from({ length: slotCount }, () => ({ length: -1, known: null }));

  constructor(via: string) {
    this.#via = via;
  }

  /** As `sendable` gives them. `port` is the client's, by which its last request is found. */
  of(port: number, raw: readonly string[], client: ClientSide): string | null {
    const slot = this.#slots[port & (slotCount - 1)];
    if (slot !== undefined && slot.known !== null && isSame(slot.known, raw, client)) return slot.known.fields;
    const fields = sendable(requestFields(raw, client, this.#via));
    if (slot !== undefined && fields !== null) keep(slot, raw, client, fields);
    return fields;
  }
}

function isSame(known: Known, raw: readonly string[], { address, encrypted, host }: ClientSide): boolean {
  if (known.raw.length !== raw.length) return false;
  if (known.address !== address || known.encrypted !== encrypted || known.host !== host) return false;
  for (let index = 0; index < raw.length; index += 1) if (raw[index] !== known.raw[index]) return false;
  return true;
}

/** Only what is as long as what came before it: most of what comes once is not said again. */
function keep(slot: Slot, raw: readonly string[], { address, encrypted, host }: ClientSide, fields: string): void {
  const isTwice = slot.length === fields.length && fields.length <= mostLength;
  slot.length = fields.length;
  slot.known = isTwice ? { raw, address, encrypted, host, fields } : null;
}
