import { toBytes } from "../../routing/bytes.ts";
import type { ActiveConfig, ActiveNode, ActiveSection } from "../../config/active-config.ts";
import { relaySettings, type RelaySettings } from "./proxy-settings.ts";
import { readProxyOrigin, type ProxyOrigin } from "../../routing/proxy-origin.ts";

/** A member of a balancer of mod_proxy. */
interface ProxyMember {
  readonly origin: ProxyOrigin;
  /** What of its URL lies behind the server. */
  readonly path: string;
  readonly weight: number;
  /** Only asked when no other can be. */
  readonly isSpare: boolean;
  readonly settings: RelaySettings;
}

/** A balancer of mod_proxy, out of `<Proxy balancer://…>` and the lines elsewhere that name it. */
export interface ProxyBalancer {
  readonly name: string;
  readonly members: readonly ProxyMember[];
  /** As lbmethod names it. */
  readonly method: string;
  /** What keeps clients with a member; null: nothing. */
  readonly session: string | null;
  /** The lines that say it. */
  readonly lines: readonly ActiveNode[];
  /** Members that only httpd speaks to, and the like; null when all is said. */
  readonly wrong: string | null;
}

interface Draft {
  readonly members: ProxyMember[];
  readonly lines: ActiveNode[];
  method: string;
  session: string | null;
  wrong: string | null;
}

const nameOf = (url: string): string | null => /^balancer:\/\/([\w.-]+)\/?/i.exec(url)?.[1]?.toLowerCase() ?? null;

/** All balancers by their names in lower case. */
export function proxyBalancers({ server }: ActiveConfig): ReadonlyMap<string, ProxyBalancer> {
  const drafts = new Map<string, Draft>();
  const draftOf = (name: string): Draft => {
    const draft = drafts.get(name) ?? { members: [], lines: [], method: "byrequests", session: null, wrong: null };
    drafts.set(name, draft);
    return draft;
  };
  for (const node of linesOf(server)) {
    const words = node.words.map(({ value }) => value);
    const [first = ""] = words;
    const own = node.parent?.key === "proxy" ? nameOf(node.parent.words[0]?.value ?? "") : null;
    if (node.key === "proxy" && node.kind === "section") {
      const name = nameOf(first);
      if (name !== null) draftOf(name).lines.push(node);
    } else if (node.key === "balancermember") {
      const name = own ?? nameOf(first);
      if (name === null) continue;
      const [url = "", ...options] = own === null || nameOf(first) !== null ? words.slice(1) : words;
      const draft = draftOf(name);
      draft.lines.push(node);
      addMember(draft, url, options);
    } else if (node.key === "proxyset") {
      const name = own ?? nameOf(first);
      if (name === null) continue;
      const draft = draftOf(name);
      draft.lines.push(node);
      for (const word of own === null ? words.slice(1) : words) setOption(draft, word);
    } else if (node.key === "proxypass") {
      const at = words.findIndex((word) => nameOf(word) !== null);
      const name = nameOf(words[at] ?? "");
      if (name !== null) for (const word of words.slice(at + 1)) setOption(draftOf(name), word);
    }
  }
  return new Map(
    [...drafts].map(([name, draft]) => {
      const paths = new Set(draft.members.map(({ path }) => path));
      const wrong = draft.wrong ?? (paths.size > 1 ? "its members have different paths" : null);
      return [name, { name, ...draft, wrong: draft.members.length === 0 ? (wrong ?? "it has no members") : wrong }];
    }),
  );
}

function* linesOf(section: ActiveSection): Generator<ActiveNode> {
  for (const node of section.children) {
    yield node;
    if (node.kind === "section") yield* linesOf(node);
  }
}

function addMember(draft: Draft, url: string, options: readonly string[]): void {
  const origin = readProxyOrigin(toBytes(url));
  if (origin === null || !/^https?$/.test(origin.scheme)) {
    draft.wrong ??= `only httpd speaks to ${url}`;
    return;
  }
  let [weight, isSpare, isOut] = [1, false, false];
  for (const option of options) {
    const [key = "", value = ""] = option.split(/=(.*)/s);
    if (key.toLowerCase() === "loadfactor" && /^\d{1,3}$/.test(value)) weight = Math.max(1, Number(value));
    if (key.toLowerCase() !== "status") continue;
    if (/h/i.test(value)) isSpare = !value.startsWith("-");
    if (/[ds]/i.test(value)) isOut = !value.startsWith("-");
  }
  if (isOut) return;
  const path = url.slice(origin.length).replace(/\/$/, "");
  if (!/^(?:\/[\w.~-]+)*$/.test(path)) draft.wrong ??= `its path ${path} is none that others take as it is`;
  draft.members.push({ origin, path, weight, isSpare, settings: relaySettings(options) });
}

function setOption(draft: Draft, word: string): void {
  const [key = "", value = ""] = word.split(/=(.*)/s);
  if (key.toLowerCase() === "lbmethod") draft.method = value.toLowerCase();
  if (key.toLowerCase() === "stickysession") draft.session = value;
}
