import { addressBytes, contains, parseNetwork } from "../access/address.ts";
import type { ByteString } from "./bytes.ts";
import { lowerAscii } from "./bytes.ts";
import type { AskedRequest } from "./client-facts.ts";
import { shellPattern } from "./fnmatch.ts";
import { wildcardMatcher } from "./wildcard.ts";

export type StringComparison = "==" | "!=" | "<" | "<=" | ">" | ">=";

/** Compares two values in some other way than as texts. */
export type Comparison = (left: ByteString, right: ByteString) => boolean;

export const stringOperators: ReadonlyMap<string, StringComparison> = new Map<string, StringComparison>([
  ["==", "=="],
  ["=", "=="],
  ["!=", "!="],
  ["<", "<"],
  ["<=", "<="],
  [">", ">"],
  [">=", ">="],
]);

export function compareText(operator: StringComparison, left: ByteString, right: ByteString): boolean {
  switch (operator) {
    case "==":
      return left === right;
    case "!=":
      return left !== right;
    case "<":
      return left < right;
    case "<=":
      return left <= right;
    case ">":
      return left > right;
    case ">=":
      return left >= right;
    default:
      return operator satisfies never;
  }
}

/** As C's atoi reads a number: what is none is 0. */
function integer(text: ByteString): number {
  return Number(/^\s*[-+]?\d{1,18}/.exec(text)?.[0] ?? 0);
}

function isInNetwork(address: ByteString, network: ByteString): boolean {
  const bytes = addressBytes(address);
  const parsed = parseNetwork(network, false);
  return bytes !== null && parsed !== null && contains(parsed, bytes);
}

const binary: Readonly<Record<string, Comparison>> = {
  eq: (left, right) => integer(left) === integer(right),
  ne: (left, right) => integer(left) !== integer(right),
  lt: (left, right) => integer(left) < integer(right),
  le: (left, right) => integer(left) <= integer(right),
  gt: (left, right) => integer(left) > integer(right),
  ge: (left, right) => integer(left) >= integer(right),
  "-ipmatch": isInNetwork,
  "-strmatch": (text, pattern) => wildcardMatcher(pattern)(text),
  "-strcmatch": (text, pattern) => wildcardMatcher(lowerAscii(pattern))(lowerAscii(text)),
  "-fnmatch": (text, pattern) => shellPattern(pattern)(text),
};

/** `eq` and `-eq`, `-ipmatch`, … */
export function binaryOperator(name: string): Comparison | undefined {
  if (Object.hasOwn(binary, name)) return binary[name];
  const bare = name.replace(/^-/, "");
  return /^[a-z]{2}$/.test(bare) && Object.hasOwn(binary, bare) ? binary[bare] : undefined;
}

type UnaryTest = (value: ByteString, request: AskedRequest) => boolean;

const unary: Readonly<Record<string, UnaryTest>> = {
  "-n": (value) => value !== "",
  "-z": (value) => value === "",
  "-T": (value) => value !== "" && !/^(?:0|off|false|no)$/i.test(value),
  "-R": (value, { client }) => isInNetwork(client.address, value),
};

/** Null for those that ask the file system or another request. */
export function unaryOperator(name: string): UnaryTest | null {
  return Object.hasOwn(unary, name) ? (unary[name] ?? null) : null;
}
