/** A request as a reader sees it that takes nothing but what RFC 9112 writes. */
export interface StrictRequest {
  /** The request line. */
  readonly line: string;
  /** Names in lower case, in order. */
  readonly fields: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

/** What a reader made of bytes: whole requests, and what is left of one that is not complete. */
export interface StrictReading {
  readonly requests: readonly StrictRequest[];
  readonly rest: string;
}

const fieldLine = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([\t\x20-\x7e\x80-\xff]*?)[ \t]*$/;

/** Reads a connection's bytes as Latin-1 text; throws at anything that two servers could read in two ways. */
export function readStrictly(bytes: string): StrictReading {
  const requests: StrictRequest[] = [];
  let at = 0;
  for (;;) {
    const headEnd = bytes.indexOf("\r\n\r\n", at);
    if (headEnd < 0) return { requests, rest: bytes.slice(at) };
    const [line = "", ...lines] = bytes.slice(at, headEnd).split("\r\n");
    if (!/^[A-Z]+ \/[!-~]* HTTP\/1\.1$/.test(line)) throw new Error(`A request line like no other: ${line}`);
    const fields = lines.map((text): readonly [string, string] => {
      const [, name, value = ""] = fieldLine.exec(text) ?? [];
      if (name === undefined) throw new Error(`A field like no other: ${text}`);
      return [name.toLowerCase(), value];
    });
    const valuesOf = (name: string): string[] => fields.filter((field) => field[0] === name).map((field) => field[1]);
    const lengths = valuesOf("content-length");
    const codings = valuesOf("transfer-encoding");
    if (valuesOf("host").length !== 1) throw new Error(`Not one host: ${line}`);
    if (lengths.length + codings.length > 1) throw new Error(`More than one framing: ${line}`);
    if (codings.length === 1 && codings[0] !== "chunked") throw new Error(`An odd coding: ${codings.join()}`);
    const body =
      codings.length === 1
        ? readChunks(bytes, headEnd + 4)
        : readLength(bytes, headEnd + 4, Number(/^\d+$/.exec(lengths[0] ?? "0")?.[0] ?? NaN));
    if (body === null) return { requests, rest: bytes.slice(at) };
    requests.push({ line, fields, body: body.text });
    at = body.end;
  }
}

interface Body {
  readonly text: string;
  /** Where the next request begins. */
  readonly end: number;
}

function readLength(bytes: string, start: number, length: number): Body | null {
  if (Number.isNaN(length)) throw new Error("A length that is none");
  return bytes.length < start + length ? null : { text: bytes.slice(start, start + length), end: start + length };
}

/** Null: not complete. */
function readChunks(bytes: string, start: number): Body | null {
  let text = "";
  let at = start;
  for (;;) {
    const lineEnd = bytes.indexOf("\r\n", at);
    if (lineEnd < 0) return null;
    const digits = bytes.slice(at, lineEnd);
    if (!/^[0-9A-Fa-f]{1,8}$/.test(digits)) throw new Error(`A chunk size like no other: ${digits.slice(0, 20)}`);
    const size = parseInt(digits, 16);
    at = lineEnd + 2;
    if (size === 0) return readTrailers(bytes, at, text);
    if (bytes.length < at + size + 2) return null;
    if (bytes.slice(at + size, at + size + 2) !== "\r\n") throw new Error("A chunk without its end");
    text += bytes.slice(at, at + size);
    at += size + 2;
  }
}

function readTrailers(bytes: string, start: number, text: string): Body | null {
  for (let at = start; ;) {
    const lineEnd = bytes.indexOf("\r\n", at);
    if (lineEnd < 0) return null;
    const line = bytes.slice(at, lineEnd);
    at = lineEnd + 2;
    if (line === "") return { text, end: at };
    const name = fieldLine.exec(line)?.[1]?.toLowerCase() ?? "";
    const framing = ["content-length", "transfer-encoding", "host", ""];
    if (framing.includes(name)) throw new Error(`A trailer like no other: ${line}`);
  }
}
