import type { Member } from "../../stats/member.ts";

/** How a list of members differs from the one that was sent before it. */
export type MemberChanges =
  | { readonly kind: "all"; readonly members: readonly Member[] }
  /** At these places, the ones behind the end included. */
  | { readonly kind: "some"; readonly members: readonly (readonly [index: number, member: Member])[] };

/** Null: nothing has changed. Compares objects, which a cluster keeps for members that are as they were. */
export function memberChanges(before: readonly Member[], now: readonly Member[]): MemberChanges | null {
  if (before === now) return null;
  const changed: (readonly [number, Member])[] = [];
  for (const [index, member] of now.entries()) {
    if (member === before[index]) continue;
    changed.push([index, member]);
  }
  if (now.length < before.length) return { kind: "all", members: now };
  return changed.length === 0 ? null : { kind: "some", members: changed };
}

/** The list after the changes; the one before is left as it is. */
export function changedMembers(before: readonly Member[], changes: MemberChanges): readonly Member[] {
  if (changes.kind === "all") return changes.members;
  const members = before.slice();
  for (const [index, member] of changes.members) members[index] = member;
  return members;
}
