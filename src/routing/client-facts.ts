import type { ByteString } from "./bytes.ts";
import { lowerAscii } from "./bytes.ts";

/** What SetEnvIf, `<If>` and the like may ask of the client and its request. */
export interface ClientFacts {
  /** IP text. */
  readonly address: string;
  /** `HTTP/1.1` */
  readonly protocol: string;
  /** Whether the connection speaks TLS; absent: it does not. */
  readonly isSecure?: boolean;
  /** Name, value, name, value, … as sent: what Node calls rawHeaders. */
  readonly headers: readonly string[];
}

/** Variables of a request by their names in lower case, as httpd compares them. */
export type Variables = ReadonlyMap<string, ByteString>;

/** A request as an expression or a SetEnvIf line sees it. */
export interface AskedRequest {
  readonly client: ClientFacts;
  /** While an index file is looked for, GET. */
  readonly method: string;
  /** As it came: method, target and protocol. */
  readonly requestLine: ByteString;
  readonly localAddress: string;
  readonly uri: ByteString;
  /** Behind the `?`; null when there is none. */
  readonly query: ByteString | null;
  readonly variables: Variables;
}

/** The value of a field by its name in lower case; several fields of a name are one list. Null when there is none. */
export function headerOf({ headers }: ClientFacts, name: string): ByteString | null {
  let value: ByteString | null = null;
  for (let at = 0; at + 1 < headers.length; at += 2) {
    if (lowerAscii(headers[at] ?? "") !== name) continue;
    value = value === null ? (headers[at + 1] ?? "") : `${value}, ${headers[at + 1] ?? ""}`;
  }
  return value;
}
