import { createHmac, randomBytes } from "node:crypto";
import type { AuthSettings } from "./auth-settings.ts";
import type { ReadAuthFile } from "./auth-file.ts";
import { createParsedFiles, parseGroupFile, parseUserFile } from "./auth-file.ts";
import type { Credentials } from "./basic-credentials.ts";
import { matchesPassword } from "./password-hash.ts";

/** A user whose password was right. */
export interface User {
  readonly name: string;
  /** Null: no group file, or none that can be read. */
  readonly groups: ReadonlySet<string> | null;
}

export type Authentication =
  | { readonly kind: "user"; readonly user: User }
  /** No or wrong credentials: 401. */
  | { readonly kind: "refused"; readonly reason: string }
  /** The configuration does not say how, or its files cannot be read: 500. */
  | { readonly kind: "misconfigured"; readonly reason: string }
  /** Too many passwords wait to be checked: 503. */
  | { readonly kind: "busy" };

export interface AuthenticatorOptions {
  readonly readFile: ReadAuthFile;
  /** Where relative file names start. */
  readonly serverRoot: string;
  /** Milliseconds, for tests. */
  readonly now?: () => number;
}

export type Authenticate = (settings: AuthSettings, credentials: Credentials | null) => Promise<Authentication>;

/** bcrypt takes a core for its time; more at once only make all of them slower. */
const AT_ONCE = 2;

/** Waiting checks; beyond that a client is told to come again rather than to wait for minutes. */
const WAITING = 64;

/** Successes to remember, and for how long: browsers send the password with every request. */
const REMEMBERED = 4096;
const REMEMBERED_MS = 5 * 60_000;

/** Runs tasks a few at a time; null when too many wait. */
function limited(): <Result>(task: () => Promise<Result>) => Promise<Result> | null {
  let running = 0;
  const waiting: (() => void)[] = [];
  const leave = (): void => {
    const next = waiting.shift();
    if (next === undefined) running--;
    else next();
  };
  return (task) => {
    if (running < AT_ONCE) {
      running++;
      return task().finally(leave);
    }
    if (waiting.length >= WAITING) return null;
    return new Promise<void>((resolve) => waiting.push(resolve)).then(() => task().finally(leave));
  };
}

/**
 * Checks users of Basic authentication against password files. What was right is remembered by a hash under a key of this
 * process, and forgotten when the file changes.
 * httpd mod_auth_basic.c authenticate_basic_user, mod_authn_file.c check_password
 */
export function createAuthenticator(options: AuthenticatorOptions): Authenticate {
  const now = options.now ?? Date.now;
  const users = createParsedFiles(options.readFile, parseUserFile);
  const groups = createParsedFiles(options.readFile, parseGroupFile);
  const key = randomBytes(32);
  const known = new Map<string, number>();
  const inTurn = limited();
  const absolute = (path: string): string =>
    path.startsWith("/") ? path : `${options.serverRoot.replace(/\/$/, "")}/${path}`;

  function remembers(mark: string): boolean {
    const until = known.get(mark);
    if (until !== undefined && until > now()) return true;
    known.delete(mark);
    return false;
  }

  function remember(mark: string): void {
    if (known.size >= REMEMBERED) for (const oldest of [...known.keys()].slice(0, REMEMBERED / 4)) known.delete(oldest);
    known.set(mark, now() + REMEMBERED_MS);
  }

  return async ({ type, realm, userFile, groupFile, providers }, credentials) => {
    const misconfigured = (reason: string): Authentication => ({ kind: "misconfigured", reason });
    if (type === null) return misconfigured("a user is required, and there is no AuthType");
    if (type !== "basic") return misconfigured(`AuthType ${type} is not known here`);
    if (realm === null) return misconfigured("a user is required, and there is no AuthName");
    if (credentials === null) return { kind: "refused", reason: "no user and password" };
    if (providers.some((name) => name.toLowerCase() !== "file")) {
      return misconfigured(`AuthBasicProvider ${providers.join(" ")} is not known here`);
    }
    if (userFile === null) return misconfigured("a user is required, and there is no AuthUserFile");
    const file = users(absolute(userFile));
    if (file === null) return misconfigured(`the AuthUserFile ${userFile} cannot be read`);
    const { user: name, password } = credentials;
    const hash = file.content.get(name);
    if (hash === undefined) return { kind: "refused", reason: `there is no user "${name}"` };
    const mark = createHmac("sha256", key)
      .update(JSON.stringify([hash, name, password]))
      .digest("base64");
    if (!remembers(mark)) {
      const check = inTurn(() => matchesPassword(password, hash));
      if (check === null) return { kind: "busy" };
      if (!(await check)) return { kind: "refused", reason: `the password of "${name}" is wrong` };
      remember(mark);
    }
    const membership = groupFile === null ? null : groups(absolute(groupFile));
    return {
      kind: "user",
      user: { name, groups: membership === null ? null : (membership.content.get(name) ?? new Set()) },
    };
  };
}
