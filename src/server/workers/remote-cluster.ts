import type { ClusterView, ReceiveResult } from "../../stats/cluster.ts";
import type { Member } from "../../stats/member.ts";
import type { Received } from "../../stats/transport.ts";
import type { MemberChanges } from "./member-changes.ts";
import { changedMembers } from "./member-changes.ts";

/** A worker's copy of the primary's view of the cluster. */
export interface RemoteCluster extends ClusterView {
  readonly change: (changes: MemberChanges) => void;
}

/** `first` begins with this server; `post` lets the primary judge an announcement that came in a request. */
export function createRemoteCluster(
  first: readonly Member[],
  post: (datagram: Received, via: string) => Promise<ReceiveResult>,
): RemoteCluster {
  let members = first;
  let contacts: ReadonlySet<string> | null = null;
  return {
    members: () => members,
    self() {
      const [self] = members;
      if (self === undefined) throw new Error("Expected this server at the head of the members");
      return self;
    },
    hasContact(address) {
      contacts ??= new Set(members.flatMap((member) => (member.isSelf ? [] : [member.address])));
      return contacts.has(address);
    },
    receive: (datagram, _nowMs, via = "") => post(datagram, via),
    change(changes) {
      members = changedMembers(members, changes);
      contacts = null;
    },
  };
}
