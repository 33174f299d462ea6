import { addressAndPort } from "../access/address.ts";
import { silentAnnouncement } from "./announcement.ts";
import type { Announcement } from "./announcement.ts";
import { canonicalAddress, isInside, isLinkLocal, parseNetwork, zoneOf } from "./ip-address.ts";
import type { Network } from "./ip-address.ts";
import { createLogLimit } from "./log-limit.ts";
import { memberFromAnnouncement } from "./member-from-announcement.ts";
import type { Member } from "./member.ts";
import { decodeAnnouncement } from "./packet.ts";
import { createRateLimit } from "./rate-limit.ts";
import type { Received } from "./transport.ts";

/** Why a packet was dropped; also the names of the counters on the status page. */
export type RefusalReason = "source" | "signature" | "stale" | "replay" | "contact" | "malformed" | "rate" | "full";

export type RefusedCounts = Readonly<Record<RefusalReason, number>>;

/** Who this server is in the cluster. */
export interface SelfIdentity {
  readonly id: string;
  readonly address: string;
  readonly port: number;
  /** When it started; marks its own packets when they come back to it. */
  readonly startMs: number;
}

export interface ClusterOptions {
  readonly self: SelfIdentity;
  /** Networks as address/prefix that may announce. Empty: nobody. */
  readonly accept: readonly string[];
  /** With a secret, packets must be signed with it, fresh and new. Null: the source address is the only guard. */
  readonly secret: string | null;
  /** Takes lines for the log, at most one a minute for each source. */
  readonly log: (message: string) => void;
  /** Port of servers that announce none; 80, as in mod_heartmonitor, unless given. */
  readonly defaultPort?: number;
  /** Other servers known at a time, 1000 unless given: an accepted network may be large, and names are free to invent. */
  readonly maxMembers?: number;
  /** Packets taken from one address in a second, 100 unless given: room for many servers on one host, not for a flood. */
  readonly ratePerSource?: number;
  /**
   * Silence after which a server is forgotten, 10 minutes unless given; never less than a minute, see REPLAY_MEMORY_MS. One whose
   * last word was that it drains has said farewell, and is forgotten after that minute.
   */
  readonly forgetAfterMs?: number;
}

/** What became of a packet. `late`: it was overtaken by a newer one that came another way; nothing changes. */
export type ReceiveResult = "accepted" | "own" | "late" | RefusalReason;

/** Who is alive, for those who only look; the view itself may be in another process. */
export interface ClusterView extends Pick<Cluster, "members" | "self" | "hasContact"> {
  receive(datagram: Received, nowMs: number, via?: string): ReceiveResult | Promise<ReceiveResult>;
}

/** This server's view of who is alive. */
export interface Cluster {
  /**
   * Judges one datagram. `nowMs` is the wall clock: senders' timestamps are compared with it. `via` names the way on which it
   * came, when there are several.
   */
  receive(datagram: Received, nowMs: number, via?: string): ReceiveResult;
  /** Takes over this server's own figures. */
  updateSelf(announcement: Announcement, nowMs: number): void;
  /** Drops servers not heard of for long. Call it every second or so. */
  forget(nowMs: number): void;
  /**
   * This server first, then the others in the order in which they appeared. The same array until something changes, and in the
   * next one the same object for each member that has not changed.
   */
  members(): readonly Member[];
  /** Whether another server takes requests at this address. */
  hasContact(address: string): boolean;
  self(): Member;
  /** Packets dropped since the start. */
  refused(): RefusedCounts;
}

/** How far a sender's clock may be off before its signed packets count as old. */
const STALE_MS = 30_000;

/**
 * How long the last sequence number of a silent server must be remembered: a replayed packet is fresh enough until its
 * timestamp is 30 s behind our clock, and it may have been 30 s ahead when it was sent.
 */
const REPLAY_MEMORY_MS = 2 * STALE_MS;

/**
 * A name belongs to the contact address that announced it first until that was silent so long: two servers configured with one
 * name must not take turns, and nobody takes over the name of a living server. A server that moves waits for this.
 */
const NAME_HELD_MS = 5_000;

const LOG_EVERY_MS = 60_000;

interface Entry {
  /** Among all members. */
  index: number;
  member: Member;
  startMs: number | null;
  /** The highest of this start. */
  sequence: number;
  /**
   * The last one on each way. Packets of one sender that take different ways overtake each other here, where each way has a
   * socket of its own; those are no replays.
   */
  sequences: Map<string, number>;
}

/**
 * A contact as this machine reaches it: a link-local one on the link that the packet came from. Null: there is no such link, as
 * the packet came from elsewhere or over a bus.
 */
function onLinkOf(source: string, contact: string): string | null {
  if (!isLinkLocal(contact)) return contact;
  const zone = isLinkLocal(source) ? zoneOf(source) : null;
  return zone === null ? null : `${contact}%${zone}`;
}

/** Whether AcceptStats names an address; remembers what it said of some, since the same ones ask every second. */
function createAcceptance(networks: readonly Network[], maxKnown: number): (address: string) => boolean {
  const known = new Map<string, boolean>();
  return (address) => {
    const before = known.get(address);
    if (before !== undefined) return before;
    const inside = isInside(address, networks);
    if (known.size >= maxKnown) known.clear();
    known.set(address, inside);
    return inside;
  };
}

/** A view in which only this server is known. Throws a TypeError when `accept` holds something else than networks. */
export function createCluster(options: ClusterOptions): Cluster {
  const { self, secret, log, defaultPort = 80, maxMembers = 1000, ratePerSource = 100 } = options;
  const forgetAfterMs = Math.max(options.forgetAfterMs ?? 600_000, REPLAY_MEMORY_MS);
  const networks = options.accept.map(parseNetwork);
  const mayLog = createLogLimit(LOG_EVERY_MS);
  const withinRate = createRateLimit(ratePerSource, 4 * maxMembers);
  const refused: Record<RefusalReason, number> = {
    source: 0,
    signature: 0,
    stale: 0,
    replay: 0,
    contact: 0,
    malformed: 0,
    rate: 0,
    full: 0,
  };
  const accepts = createAcceptance(networks, 4 * maxMembers);
  const others = new Map<string, Entry>();
  /** This server first; changed in place, while those who look get a copy. */
  let all: Member[] = [toSelf(silentAnnouncement, -Infinity)];
  let members: readonly Member[] | null = null;
  /** How many servers take requests at each address. */
  const contacts = new Map<string, number>();

  function toSelf(announcement: Announcement, atMs: number): Member {
    const { id, address, port } = self;
    return memberFromAnnouncement(announcement, { id, address, port, isSelf: true, atMs });
  }

  function refuse(reason: RefusalReason, source: string, message: string, nowMs: number): RefusalReason {
    refused[reason] += 1;
    if (mayLog(source, nowMs)) log(`Dropped an announcement from ${source}: ${message}`);
    return reason;
  }

  /** The reason against a packet of a server that is already known, with what to say. */
  function objection(
    known: Entry,
    heard: Announcement,
    address: string,
    port: number,
    nowMs: number,
    via: string,
  ): readonly [RefusalReason, string] | null {
    const { member } = known;
    const isMoved = member.address !== address || member.port !== port;
    if (isMoved && nowMs - member.lastHeardMs < NAME_HELD_MS) {
      const [held, contact] = [addressAndPort(member.address, member.port), addressAndPort(address, port)];
      return [
        "contact",
        `"${member.id}" is the name of ${held}, and ${contact} announces it too; names must be different`,
      ];
    }
    if (secret === null || nowMs - member.lastHeardMs > REPLAY_MEMORY_MS) return null;
    if (heard.startMs === null || heard.sequence === null) return ["replay", "it carries no start or sequence number"];
    if (known.startMs === null || heard.startMs > known.startMs) return null;
    const isNew = heard.startMs === known.startMs && heard.sequence > (known.sequences.get(via) ?? -1);
    return isNew ? null : ["replay", "it is older than what is known already"];
  }

  function countContact(address: string, change: 1 | -1): void {
    const count = (contacts.get(address) ?? 0) + change;
    if (count > 0) contacts.set(address, count);
    else contacts.delete(address);
  }

  /** Takes servers out, and closes the gaps. */
  function drop(isGone: (member: Member) => boolean): void {
    const [self, ...rest] = all;
    all = self === undefined ? [] : [self];
    for (const member of rest) {
      const entry = others.get(member.id);
      if (entry === undefined) continue;
      if (isGone(member)) {
        others.delete(member.id);
        countContact(member.address, -1);
      } else {
        entry.index = all.push(member) - 1;
      }
    }
    members = null;
  }

  /** Makes room for one more by forgetting the one that was silent for longest, if it is silent at all. */
  function makeRoom(nowMs: number): boolean {
    if (others.size < maxMembers) return true;
    let oldest: Member | null = null;
    for (const { member } of others.values()) {
      if (oldest === null || member.lastHeardMs < oldest.lastHeardMs) oldest = member;
    }
    if (oldest === null || nowMs - oldest.lastHeardMs < REPLAY_MEMORY_MS) return false;
    drop((member) => member === oldest);
    return true;
  }

  function receive(datagram: Received, nowMs: number, via = ""): ReceiveResult {
    const { sourceAddress } = datagram;
    const sender = sourceAddress === null ? null : (canonicalAddress(sourceAddress) ?? sourceAddress);
    if (sender !== null) {
      if (!accepts(sender)) return refuse("source", sender, "AcceptStats does not name it", nowMs);
      if (!withinRate(sender, nowMs)) return refuse("rate", sender, `more than ${ratePerSource} in a second`, nowMs);
    }
    const heard = decodeAnnouncement(datagram.bytes, secret);
    if ("failure" in heard) return refuse(heard.failure, sender ?? via, `it ${heard.message}`, nowMs);
    if (sender === null && heard.id === self.id && heard.startMs === self.startMs) return "own";
    // A bus does not tell who sent it: then it is as if it came from where the requests shall go.
    const source = sender ?? heard.address;
    if (source === null) return refuse("contact", via, "it came over a bus and carries no addr", nowMs);
    if (sender === null) {
      // Logged for the bus, not for each address that somebody may invent.
      if (!accepts(source)) {
        return refuse("source", via, `it wants requests for ${source}, which AcceptStats does not name`, nowMs);
      }
      if (!withinRate(source, nowMs)) return refuse("rate", via, `more than ${ratePerSource} in a second`, nowMs);
    }
    const id = heard.id ?? source;
    const address = heard.address === null ? source : onLinkOf(source, heard.address);
    const port = heard.port ?? defaultPort;
    const isOurName = id === self.id;
    if (isOurName && (heard.startMs === self.startMs || source === self.address)) return "own";
    if (secret !== null && !(Math.abs(nowMs - (heard.timestampMs ?? NaN)) <= STALE_MS)) {
      return refuse("stale", source, "it carries no time, or one more than 30 s from ours", nowMs);
    }
    if (address === null) {
      const message = `it wants requests for ${heard.address ?? ""}, which only its neighbours on the link can reach`;
      return refuse("contact", sender ?? via, message, nowMs);
    }
    if (address !== source && !accepts(address)) {
      return refuse("contact", source, `it wants requests for ${address}, which AcceptStats does not name`, nowMs);
    }
    if (isOurName) return refuse("contact", source, `"${id}" is our own name; names must be different`, nowMs);
    const known = others.get(id);
    const against = known === undefined ? null : objection(known, heard, address, port, nowMs, via);
    if (against !== null) return refuse(against[0], source, against[1], nowMs);
    if (known === undefined && !makeRoom(nowMs)) {
      return refuse("full", source, `${maxMembers} servers are known already`, nowMs);
    }
    const sequence = heard.sequence ?? -1;
    const isSameStart = known !== undefined && known.startMs === heard.startMs;
    const sequences = isSameStart ? known.sequences : new Map<string, number>();
    sequences.set(via, sequence);
    // Without a secret a forged number could make a server look silent.
    if (isSameStart && secret !== null && sequence <= known.sequence) return "late";
    const member = memberFromAnnouncement(heard, { id, address, port, isSelf: false, atMs: nowMs });
    if (known === undefined) {
      const index = all.push(member) - 1;
      others.set(id, { index, member, startMs: heard.startMs, sequence, sequences });
      countContact(address, 1);
    } else {
      if (known.member.address !== address) {
        countContact(known.member.address, -1);
        countContact(address, 1);
      }
      known.member = all[known.index] = member;
      known.startMs = heard.startMs;
      known.sequence = sequence;
      known.sequences = sequences;
    }
    members = null;
    return "accepted";
  }

  return {
    receive,
    updateSelf(announcement, nowMs) {
      all[0] = toSelf(announcement, nowMs);
      members = null;
    },
    forget(nowMs) {
      const isGone = ({ isSelf, lastHeardMs, state }: Member): boolean =>
        !isSelf && nowMs - lastHeardMs > (state === "drain" ? REPLAY_MEMORY_MS : forgetAfterMs);
      if (all.some(isGone)) drop(isGone);
    },
    members() {
      members ??= all.slice();
      return members;
    },
    self: () => all[0] ?? toSelf(silentAnnouncement, -Infinity),
    hasContact: (address) => contacts.has(address),
    refused: () => ({ ...refused }),
  };
}
