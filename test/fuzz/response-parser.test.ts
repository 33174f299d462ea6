import { ResponseParser } from "../../src/proxy/response-parser.ts";
import { parseWithNode } from "../support/node-http-parser.ts";
import type { ParsedResponse } from "../support/node-http-parser.ts";
import { randomFrom } from "../support/random.ts";

/** FUZZ_RESPONSES answers; FUZZ_SEED repeats a run. */
const count = Number(process.env["FUZZ_RESPONSES"] ?? (process.env["CI"] ? 200_000 : 20_000));
const seed = Number(process.env["FUZZ_SEED"] ?? Date.now() % 2 ** 31);

/** Reads one answer with our parser, in pieces of the given sizes; null: refused, or not complete. */
function parseWithOurs(bytes: Buffer, isHead: boolean, ends: boolean, sizes: () => number): ParsedResponse | null {
  const informations: string[] = [];
  let head: Pick<ParsedResponse, "status" | "reason" | "fields"> | null = null;
  let body = "";
  let result: ParsedResponse | null = null;
  const parser = new ResponseParser({
    onInformation: (status, fields) => informations.push(`${status} ${fields.join("|")}`),
    onHead: (status, reason, fields) => (head = { status, reason, fields }),
    onData: (piece) => (body += piece.toString("latin1")),
    onEnd(trailers) {
      if (head !== null) result = { informations, ...head, body, trailers: trailers ?? [] };
    },
  });
  parser.expect(isHead, false);
  try {
    for (let at = 0; at < bytes.length && !parser.isDone;) {
      const size = sizes();
      parser.read(bytes.subarray(at, at + size));
      at += size;
    }
    if (ends && !parser.isDone) parser.finish();
  } catch (error) {
    if (error instanceof Error && error.name === "BadResponse") return null;
    throw error;
  }
  return result;
}

const statusLines = [
  "HTTP/1.1 200 OK",
  "HTTP/1.1 200 OK",
  "HTTP/1.1 404 Not Found",
  "HTTP/1.0 200 OK",
  "HTTP/1.1 204 No Content",
];
const oddStatusLines = [
  "HTTP/1.1 304 Not Modified",
  "HTTP/1.1 200 ",
  "HTTP/1.1 200",
  "HTTP/1.1 20",
  "HTTP/2.0 200 OK",
  "HTTP/1.1  200 OK",
  "http/1.1 200 OK",
  "HTTP/1.1 2000 OK",
  "ICY 200 OK",
  "HTTP/1.1 101 X",
  "HTTP/1.1 200\tOK",
  "HTTP/1.1 \xff00 OK",
  "HTTP/1.2 200 OK",
  "HTTP/1.1 099 X",
];
const fieldLines = [
  "Content-Type: text/plain",
  "Set-Cookie: a=1; b",
  "X-Empty:",
  "X-Spaces: \t a b \t",
  "Connection: close",
  "Connection: keep-alive, x",
  "Keep-Alive: timeout=5",
  "Date: x",
  "Server: \xe9",
];
const oddFieldLines = [
  "Content-Length : 5",
  "Content-Length: +5",
  "Content-Length: 5, 5",
  "Content-Length: 99999999999999999999",
  "Transfer-Encoding: gzip, chunked",
  "Transfer-Encoding: chunked, gzip",
  "Transfer-Encoding: \x0bchunked",
  "X: a\r\n b",
  " X: y",
  "X\0: y",
  "X: \0",
  "X: a\rb",
  "X: a\nY: b",
  ": empty",
  "nothing",
  "X(: y",
  "Transfer-Encoding:\tCHUNKED",
  "Content-Length:\t5\t",
  "Upgrade: h2c",
  "Trailer: X-T",
];
const chunkedBodies = [
  "5\r\nhello\r\n0\r\n\r\n",
  "5 \r\nhello\r\n0  \r\n\r\n",
  "A\r\n0123456789\r\n1\r\nx\r\n0\r\n\r\n",
  "3\r\nabc\r\n0\r\nX-T: 1\r\nY: 2\r\n\r\n",
];
const oddChunkedBodies = [
  "5;a=b\r\nhello\r\n0\r\n\r\n",
  "0x5\r\nhello\r\n0\r\n\r\n",
  "5\nhello\n0\n\n",
  "5\r\nhelloX0\r\n\r\n",
  "-1\r\n\r\n",
  "fffffffffffffffff\r\n",
  "5\r\nhello\r\n0\r\nX : y\r\n\r\n",
  "5\t\r\nhello\r\n0\r\n\r\n",
  "5\r\nhello\r\n0\r\nContent-Length: 1\r\n\r\n",
  "5\r\nhello0\r\n\r\n",
  "\r\n",
  "5\r\rhello\r\n0\r\n\r\n",
  "0\r\nX: \x7f\r\n\r\n",
];
const bytesToPut = [
  "\r",
  "\n",
  "\0",
  " ",
  "\t",
  ":",
  ";",
  ",",
  "\r\n",
  "\x0b",
  "\x7f",
  "\xff",
  "0",
  "5",
  "a",
  "G",
  "\r\n\r\n",
];

interface Made {
  readonly text: string;
  /** Whether nothing odd was put in. */
  readonly isPlain: boolean;
}

/** An answer, mostly well formed, with some of what servers get wrong and attackers put right. */
function makeAnswer(random: ReturnType<typeof randomFrom>): Made {
  let isPlain = true;
  const oneOf = (usual: readonly string[], odd: readonly string[], share: number): string => {
    if (random.unit() >= share) return random.of(usual);
    isPlain = false;
    return random.of(odd);
  };
  let text = "";
  if (random.unit() < 0.1) text += "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n";
  text += `${oneOf(statusLines, oddStatusLines, 0.1)}\r\n`;
  const kind = random.unit();
  const lines = Array.from({ length: random.below(4) }, () => oneOf(fieldLines, oddFieldLines, 0.08));
  let body = "";
  if (kind < 0.35) {
    body = "hello world".slice(0, random.below(11));
    lines.push(`Content-Length: ${body.length}`);
  } else if (kind < 0.75) {
    body = oneOf(chunkedBodies, oddChunkedBodies, 0.3);
    lines.push("Transfer-Encoding: chunked");
  } else if (kind < 0.9) {
    body = "until the end";
  } else {
    isPlain = false;
    lines.push("Content-Length: 5", random.unit() < 0.5 ? "Transfer-Encoding: chunked" : "Content-Length: 5");
    body = random.of(chunkedBodies);
  }
  text += `${lines.map((line) => `${line}\r\n`).join("")}\r\n${body}`;
  for (let changes = random.unit() < 0.5 ? 0 : random.below(3); changes > 0; changes -= 1) {
    isPlain = false;
    const at = random.below(text.length + 1);
    const removed = random.unit() < 0.5 ? random.below(3) : 0;
    text = text.slice(0, at) + (random.unit() < 0.7 ? random.of(bytesToPut) : "") + text.slice(at + removed);
  }
  return { text, isPlain };
}

test(`no answer is taken that Node's own parser refuses or reads otherwise (${count} answers, seed ${seed})`, () => {
  const random = randomFrom(seed);
  let accepted = 0;
  let plain = 0;
  let plainAccepted = 0;
  for (let number = 0; number < count; number += 1) {
    const { text, isPlain } = makeAnswer(random);
    const bytes = Buffer.from(text, "latin1");
    const isHead = random.unit() < 0.05;
    const ends = random.unit() < 0.9;
    const inPieces = random.unit() < 0.5;
    const ours = parseWithOurs(bytes, isHead, ends, () => (inPieces ? 1 + random.below(9) : bytes.length));
    if (isPlain) plain += 1;
    if (ours === null) continue;
    accepted += 1;
    if (isPlain) plainAccepted += 1;
    const theirs = parseWithNode(bytes, isHead, ends);
    if (JSON.stringify(theirs) === JSON.stringify(ours)) continue;
    throw new Error(`Read otherwise: ${JSON.stringify({ text, isHead, ends, ours, theirs }, null, 1)}`);
  }
  // Neither reader of nothing nor refuser of everything passes.
  expect(accepted).toBeGreaterThan(count * 0.3);
  expect(accepted).toBeLessThan(count * 0.95);
  expect(plainAccepted).toBeGreaterThan(plain * 0.85);
});
