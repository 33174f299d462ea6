import { addressBytes, contains, parseNetwork } from "../access/address.ts";
import type { ComparisonSign } from "../expression/expression-tree.ts";
import type { ByteString } from "./bytes.ts";
import { lowerAscii } from "./bytes.ts";
import type { AskedRequest } from "./client-facts.ts";
import { shellPattern } from "./fnmatch.ts";
import { wildcardMatcher } from "./wildcard.ts";

/** Compares two values. */
export type Comparison = (left: ByteString, right: ByteString) => boolean;

const orders: Readonly<Record<ComparisonSign, (order: number) => boolean>> = {
  "==": (order) => order === 0,
  "!=": (order) => order !== 0,
  "<": (order) => order < 0,
  "<=": (order) => order <= 0,
  ">": (order) => order > 0,
  ">=": (order) => order >= 0,
};

/** `==` and its kin, for texts byte by byte, for numbers as C reads them. */
export function comparison(as: "text" | "number", sign: ComparisonSign): Comparison {
  const test = orders[sign];
  if (as === "number") return (left, right) => test(integer(left) - integer(right));
  return (left, right) => test(left === right ? 0 : left < right ? -1 : 1);
}

/** As C's strtoll reads a number: what is none is 0, and what needs more than 64 bits is the largest one. */
function integer(text: ByteString): number {
  const number = Number(/^\s*[-+]?\d{1,40}/.exec(text)?.[0] ?? 0);
  return Math.max(-(2 ** 63), Math.min(number, 2 ** 63));
}

function isInNetwork(address: ByteString, network: ByteString): boolean {
  const bytes = addressBytes(address);
  const parsed = parseNetwork(network, false);
  return bytes !== null && parsed !== null && contains(parsed, bytes);
}

const binary: Readonly<Record<string, Comparison>> = {
  ipmatch: isInNetwork,
  strmatch: (text, pattern) => wildcardMatcher(pattern)(text),
  strcmatch: (text, pattern) => wildcardMatcher(lowerAscii(pattern))(lowerAscii(text)),
  fnmatch: (text, pattern) => shellPattern(pattern)(text),
};

/** What `-ipmatch` and its kin do, by the name without its dash; null for those that are not known here. */
export function binaryOperator(name: string): Comparison | null {
  return Object.hasOwn(binary, name) ? (binary[name] ?? null) : null;
}

type UnaryTest = (value: ByteString, request: AskedRequest) => boolean;

const unary: Readonly<Record<string, UnaryTest>> = {
  n: (value) => value !== "",
  z: (value) => value === "",
  T: (value) => value !== "" && !/^(?:0|off|false|no)$/i.test(value),
  R: (value, { client }) => isInNetwork(client.address, value),
};

/** What `-n` and its kin do, by their letter; null for those that ask the file system or another request. */
export function unaryOperator(name: string): UnaryTest | null {
  return Object.hasOwn(unary, name) ? (unary[name] ?? null) : null;
}
