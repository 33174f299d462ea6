import type { ActiveDirective } from "../../config/active-config.ts";
import { changed, dropped, folded, lost } from "../verdict.ts";
import type { LineRule, LineRules } from "./line-rule.ts";
import { firstWord, logicalText, quoted } from "./line-rule.ts";

/** What checks passwords, by the directives that name where they are, in the order in which 1.3 asks. */
const providers: readonly (readonly [key: string, provider: string])[] = [
  ["anonymous", "anon"],
  ["authdbmuserfile", "dbm"],
  ["authdbuserfile", "dbm"],
  ["authldapurl", "ldap"],
  ["authuserfile", "file"],
];

const isDigest = (directive: ActiveDirective): boolean =>
  directive.parent.children.some(
    (node) => node.kind === "directive" && node.key === "authtype" && firstWord(node).toLowerCase() === "digest",
  );

/** 1.3 asks every module that has something to look into; 2.4 those that a line names. */
const authType: LineRule = (directive, { dialect }, line) => {
  const word = firstWord(directive);
  if (!/^(?:basic|digest|form|none)$/i.test(word))
    return lost(
      `no module of 2.4 knows AuthType ${word}: nobody gets in by it until one is loaded and the line put back`,
    );
  if (dialect !== "1.3" && dialect !== "2.0") return null;
  const type = firstWord(directive).toLowerCase();
  const used = providers.filter(([key]) =>
    directive.parent.children.some((node) => node.kind === "directive" && node.key === key),
  );
  const names = [...new Set(used.map(([, provider]) => provider))];
  if (type !== "basic" || names.length === 0 || names.join() === "file") return null;
  return changed([logicalText(line), `AuthBasicProvider ${names.join(" ")}`], "2.4 wants to know where passwords are");
};

const authoritative: LineRule = (directive) =>
  changed(`AuthBasicAuthoritative ${firstWord(directive)}`, "its name in 2.4");

/** Who a client is. */
export const authRules: LineRules = [
  ["authtype", authType],
  ["authauthoritative", authoritative],
  [
    "authdbmauthoritative authdbauthoritative authldapauthoritative anonymous_authoritative",
    (directive) => {
      const isSaid = directive.parent.children.some(
        (node) => node.kind === "directive" && node.key === "authauthoritative",
      );
      return isSaid ? folded("in AuthBasicAuthoritative") : authoritativeOnce(directive);
    },
  ],
  [
    "authdbuserfile",
    (directive) => changed(["AuthDBMType DB", `AuthDBMUserFile ${quoted(firstWord(directive))}`], "its name in 2.4"),
  ],
  ["authdbgroupfile", (directive) => changed(`AuthDBMGroupFile ${quoted(firstWord(directive))}`, "its name in 2.4")],
  ["authdigestfile", (directive) => changed(`AuthUserFile ${quoted(firstWord(directive))}`, "its name in 2.4")],
  ["authdigestgroupfile", (directive) => changed(`AuthGroupFile ${quoted(firstWord(directive))}`, "its name in 2.4")],
  ["authdigestrealmseed", () => dropped("2.4 makes its own")],
  [
    "authzuserauthoritative authzgroupfileauthoritative authzdbmauthoritative authzownerauthoritative authzdefaultauthoritative authzldapauthoritative",
    () => dropped("2.4 says it by RequireAll and RequireAny"),
  ],
  [
    "anonymous_logemail anonymous_mustgiveemail anonymous_nouserid anonymous_verifyemail",
    (directive) => (isDigest(directive) ? dropped("has no meaning with digests") : null),
  ],
];

function authoritativeOnce(directive: ActiveDirective): ReturnType<LineRule> {
  const first = directive.parent.children.find(
    (node) => node.kind === "directive" && /^(?:authdbm?|authldap|anonymous_)authoritative$/.test(node.key),
  );
  return first === directive
    ? changed(`AuthBasicAuthoritative ${firstWord(directive)}`, "its name in 2.4")
    : folded("in AuthBasicAuthoritative");
}
