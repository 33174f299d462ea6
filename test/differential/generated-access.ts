import type { Part, Section } from "./configuration.ts";
import type { Random } from "./random.ts";

const sources = [
  "all",
  "127.0.0.1",
  "127.0.0.2",
  "127",
  "127.0",
  "127.0.0.0/8",
  "127.0.0.2/255.255.255.254",
  "10.1",
  "127.0.0.0/31",
  "::1",
  "env=e1",
  "env=e2",
  "env=!e1",
  "env=e3",
  "127.1",
  "127.1.",
  "127.0.0.0/255.0.0.0",
  "all 127.0.0.1",
] as const;

const requirements = [
  "all denied",
  "all granted",
  "ip 127.0.0.1",
  "ip 127.0.0.2 10.0.0.0/8",
  "local",
  "method GET",
  "method POST OPTIONS",
  "env e1",
  "env e2 e3",
  "ip 127.1",
  "ip ::1",
  "ip 127.0.0.0/255.255.255.254",
  "not ip 127.0.0.1",
  "not env e1",
  "not method POST",
  "expr true",
  "expr %{REQUEST_URI} =~ m#^/a#",
  "not local",
  "not expr %{REQUEST_METHOD} == 'GET'",
  "expr %{HTTP_HOST} == 'a.ex' || -R '127.0.0.2'",
  "ip 127 ::1",
  "method HEAD",
  "not all denied",
  "expr \"-n reqenv('e1')\"",
] as const;

const limits = [
  "Limit GET",
  "Limit POST PUT",
  "LimitExcept GET",
  "LimitExcept GET OPTIONS FOO",
  "Limit HEAD",
  "Limit OPTIONS DELETE",
  "LimitExcept POST",
] as const;

const withoutNot = (text: string): string => text.replace("Require not ", "Require ");

/** httpd refuses negated lines where they can never help. */
function withoutNegation(parts: readonly Part[]): readonly Part[] {
  return parts.map((part) =>
    typeof part === "string"
      ? withoutNot(part)
      : part.tag === "RequireAll"
        ? part
        : { ...part, parts: withoutNegation(part.parts) },
  );
}

/** Makes lines about access. */
export class AccessGenerator {
  readonly #random: Random;
  /** Whether users are asked for, too. */
  readonly #withUsers: boolean;

  constructor(random: Random, withUsers: boolean) {
    this.#random = random;
    this.#withUsers = withUsers;
  }

  lines(): readonly Part[] {
    const { pick, chance, below } = this.#random;
    if (this.#withUsers && chance(0.7)) return this.#users();
    switch (below(8)) {
      case 0:
      case 1:
        return this.#oldStyle();
      case 2:
        return [`Satisfy ${pick(["any", "all"])}`, ...(chance(0.4) ? this.#oldStyle() : [])];
      case 3:
        return [
          {
            tag: pick(limits),
            parts: chance(0.5) ? this.#oldStyle() : [withoutNot(this.#requirement())],
          },
        ];
      case 4:
        return this.#requirements(0, false)
          .map((part) => (typeof part === "string" ? withoutNot(part) : part))
          .filter((part) => typeof part === "string" || !JSON.stringify(part).includes("not "));
      case 5:
        return [this.#requireSection(2, false)];
      case 6:
        return [...this.#oldStyle(), withoutNot(this.#requirement()), `Satisfy ${pick(["any", "all"])}`];
      default:
        return [withoutNot(this.#requirement())];
    }
  }

  #source(): string {
    return this.#random.pick(sources);
  }

  #requirement(): string {
    return `Require ${this.#random.pick(requirements)}`;
  }

  #oldStyle(): readonly Part[] {
    const { pick, some } = this.#random;
    return [
      `Order ${pick(["allow,deny", "deny,allow", "mutual-failure", "Allow,Deny"])}`,
      ...some(0, 3, () => `${pick(["Allow", "Deny"])} from ${some(1, 2, () => this.#source()).join(" ")}`),
    ];
  }

  #requirements(depth: number, inAll: boolean): readonly Part[] {
    const { pick, chance, some } = this.#random;
    return some(1, 3, (): Part => {
      if (depth > 0 && chance(0.4)) return this.#requireSection(depth - 1, inAll);
      const line = this.#requirement();
      return chance(0.1) ? { tag: pick(["Limit GET", "LimitExcept GET POST", "Limit POST PUT"]), parts: [line] } : line;
    });
  }

  #requireSection(depth: number, inAll: boolean): Section {
    // httpd refuses a RequireNone that could never help.
    const tag = this.#random.pick(["RequireAll", "RequireAny", ...(inAll ? ["RequireNone"] : [])]);
    const parts = this.#requirements(depth, tag === "RequireAll");
    if (tag === "RequireAll") return { tag, parts: ["Require all granted", ...parts] };
    return { tag, parts: withoutNegation(parts) };
  }

  /** Lines about users, with and without what they need. */
  #users(): readonly Part[] {
    const { pick, chance, some } = this.#random;
    const user = (): string =>
      `Require ${pick(["valid-user", "user ann", "user bob eve", "group staff", "group others empty", "user nobody", 'user "ann" bob'])}`;
    const lines: Part[] = [];
    if (chance(0.8)) lines.push(`AuthType ${pick(["Basic", "Basic", "Basic", "basic", "None"])}`);
    if (chance(0.9)) lines.push(`AuthName ${pick(['"a realm"', '"a realm"', "r2", '"q \\"uoted\\""'])}`);
    if (chance(0.9)) lines.push(`AuthUserFile ${pick(["users", "users", "others", "nope"])}`);
    if (chance(0.6)) lines.push(`AuthGroupFile ${pick(["groups", "groups", "nope"])}`);
    if (chance(0.3)) lines.push(`Satisfy ${pick(["any", "all"])}`, `Order ${pick(["allow,deny", "deny,allow"])}`);
    if (chance(0.2)) lines.push(`${pick(["Allow", "Deny"])} from ${this.#source()}`);
    if (chance(0.1)) lines.push("AuthzSendForbiddenOnFailure On");
    if (chance(0.05)) lines.push("AuthBasicProvider file");
    if (chance(0.3)) {
      const tag = pick(["RequireAll", "RequireAny"]);
      const not =
        tag === "RequireAll" && chance(0.3) ? [`Require not ${pick(["user ann", "group staff", "ip 127.0.0.2"])}`] : [];
      const inner: Part[] = chance(0.3)
        ? [{ tag: "RequireAny", parts: [user(), withoutNot(this.#requirement())] }]
        : [];
      lines.push({ tag, parts: [...some(1, 2, user), ...inner, ...not] });
    } else {
      lines.push(...some(0, 2, () => (chance(0.2) ? { tag: pick(limits), parts: [user()] } : user())));
      if (chance(0.2)) lines.push(withoutNot(this.#requirement()));
    }
    return lines;
  }
}
