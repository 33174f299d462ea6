import { createHash } from "node:crypto";

import { parseText } from "../expression/parse-expression.ts";
import type { ExpressionWord } from "../expression/expression-tree.ts";
import type { ByteString } from "./bytes.ts";
import { lowerAscii } from "./bytes.ts";
import type { AskedRequest } from "./client-facts.ts";
import { headerOf } from "./client-facts.ts";
import { escapePath, unescapePath } from "./escape-path.ts";

/** A text in an expression. */
export type Value =
  | { readonly kind: "literal"; readonly text: ByteString }
  | { readonly kind: "joined"; readonly parts: readonly Value[] }
  | { readonly kind: "field"; readonly name: string }
  | { readonly kind: "property"; readonly read: (request: AskedRequest) => ByteString }
  | { readonly kind: "call"; readonly name: string; readonly argument: Value }
  | { readonly kind: "unknown"; readonly name: string };

const fields: Readonly<Record<string, string>> = {
  HTTP_ACCEPT: "accept",
  HTTP_COOKIE: "cookie",
  HTTP_FORWARDED: "forwarded",
  HTTP_HOST: "host",
  HTTP_PROXY_CONNECTION: "proxy-connection",
  HTTP_REFERER: "referer",
  HTTP_USER_AGENT: "user-agent",
};

const properties: Readonly<Record<string, (request: AskedRequest) => ByteString>> = {
  REQUEST_METHOD: ({ method }) => method,
  REQUEST_URI: ({ uri }) => uri,
  HTTPS: ({ client }) => (client.isSecure === true ? "on" : "off"),
  QUERY_STRING: ({ query }) => query ?? "",
  REMOTE_ADDR: ({ client }) => client.address,
  REQUEST_SCHEME: ({ client }) => (client.isSecure === true ? "https" : "http"),
  SERVER_ADDR: ({ localAddress }) => localAddress,
  SERVER_PROTOCOL: ({ client }) => client.protocol,
  THE_REQUEST: ({ requestLine }) => requestLine,
};

const functions: Readonly<Record<string, (argument: ByteString, request: AskedRequest) => ByteString>> = {
  req: (name, { client }) => headerOf(client, lowerAscii(name)) ?? "",
  http: (name, { client }) => headerOf(client, lowerAscii(name)) ?? "",
  req_novary: (name, { client }) => headerOf(client, lowerAscii(name)) ?? "",
  reqenv: (name, { variables }) => variables.get(lowerAscii(name)) ?? "",
  tolower: (text) => lowerAscii(text),
  base64: (text) => Buffer.from(text, "latin1").toString("base64"),
  unbase64: (text) => Buffer.from(text, "base64").toString("latin1"),
  md5: (text) => createHash("md5").update(text, "latin1").digest("hex"),
  escape: (text) => escapePath(text, "2.4"),
  unescape: unescapePath,
  sha1: (text) => createHash("sha1").update(text, "latin1").digest("hex"),
  toupper: (text) => text.replace(/[a-z]/g, (letter) => letter.toUpperCase()),
};

/** Functions that can be run here, in lower case. */
export const callable: ReadonlySet<string> = new Set(Object.keys(functions));

function variableOf(written: string): Value {
  const name = written.toUpperCase();
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (field !== undefined) return { kind: "field", name: field };
  const read = Object.hasOwn(properties, name) ? properties[name] : undefined;
  return read === undefined ? { kind: "unknown", name: `%{${written}}` } : { kind: "property", read };
}

/** A word of an expression; `$1` would need the match of another part and is unknown. */
export function valueOf(word: ExpressionWord): Value {
  switch (word.kind) {
    case "text":
    case "number":
      return { kind: "literal", text: word.text };
    case "variable":
      return variableOf(word.name);
    case "reference":
      return { kind: "unknown", name: `$${word.index}` };
    case "call":
      return { kind: "call", name: word.name.toLowerCase(), argument: valueOf(word.argument) };
    case "joined":
      return { kind: "joined", parts: word.parts.map(valueOf) };
    default:
      return word satisfies never;
  }
}

/** A text in which `%{…}` stands for a value. One that httpd refuses is unknown. */
export function parseInterpolated(text: ByteString): Value {
  if (text === "") return { kind: "literal", text };
  const read = parseText(text);
  return "problem" in read ? { kind: "unknown", name: text.slice(0, 80) } : valueOf(read.value);
}

/** The text that a value is for a request; null when it is not known here. */
export function valueText(value: Value, request: AskedRequest): ByteString | null {
  switch (value.kind) {
    case "literal":
      return value.text;
    case "field":
      return headerOf(request.client, value.name) ?? "";
    case "property":
      return value.read(request);
    case "unknown":
      return null;
    case "joined": {
      const parts = value.parts.map((part) => valueText(part, request));
      return parts.includes(null) ? null : parts.join("");
    }
    case "call": {
      const argument = valueText(value.argument, request);
      const run = Object.hasOwn(functions, value.name) ? functions[value.name] : undefined;
      return argument === null || run === undefined ? null : run(argument, request);
    }
    default:
      return value satisfies never;
  }
}
