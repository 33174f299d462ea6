import { createRequire } from "node:module";

/** What a parser made of the bytes of one answer. */
export interface ParsedResponse {
  /** Statuses of the 1xx answers before it, with their fields. */
  readonly informations: readonly string[];
  readonly status: number;
  readonly reason: string;
  /** Flat. */
  readonly fields: readonly string[];
  readonly body: string;
  /** Flat. */
  readonly trailers: readonly string[];
}

/** The parts of Node's own parser, which only its http module uses. */
interface NodeParser {
  initialize(type: number, resource: object, maxHeaderSize: number, lenientFlags: number): void;
  execute(bytes: Buffer): number | Error;
  finish(): number | Error | undefined;
  close(): void;
  [callback: number]: unknown;
}

interface NodeParserClass {
  new (): NodeParser;
  readonly RESPONSE: number;
  readonly kOnHeaders: number;
  readonly kOnHeadersComplete: number;
  readonly kOnBody: number;
  readonly kOnMessageComplete: number;
  readonly kLenientSpacesAfterChunkSize?: number;
}

const { HTTPParser } = createRequire(import.meta.url)("_http_common") as { readonly HTTPParser: NodeParserClass };

const skipBody = 1;

/** llhttp's flag for spaces behind a chunk size, its number where Node does not name it. */
const spacesAfterChunkSize = 512;

/**
 * Reads one answer with Node's own parser, as strict as Node's client has it but for spaces behind a chunk size. Null: it
 * refused, or the answer is not complete. `ends`: the server closed its side behind the bytes.
 */
export function parseWithNode(bytes: Buffer, isHead: boolean, ends: boolean): ParsedResponse | null {
  const parser = new HTTPParser();
  parser.initialize(HTTPParser.RESPONSE, {}, 64 * 1024, spacesAfterChunkSize);
  const informations: string[] = [];
  let fields: string[] = [];
  let trailers: string[] = [];
  let head: { status: number; reason: string; fields: string[] } | null = null;
  let body = "";
  let result: ParsedResponse | null = null;
  parser[HTTPParser.kOnHeaders] = (more: string[]) => {
    if (head === null) fields.push(...more);
    else trailers.push(...more);
  };
  parser[HTTPParser.kOnHeadersComplete] = (...args: unknown[]): number => {
    const [, , given, , , status, reason] = args as [
      number,
      number,
      string[] | undefined,
      unknown,
      unknown,
      number,
      string,
    ];
    const all = given ?? fields;
    fields = [];
    if (status < 200 && status !== 101) {
      informations.push(`${status} ${all.join("|")}`);
      return skipBody;
    }
    head = { status, reason, fields: all };
    return isHead ? skipBody : 0;
  };
  parser[HTTPParser.kOnBody] = (piece: Buffer, start?: number, length?: number) => {
    // Before Node 20 the piece came as a place in the whole.
    const view = start === undefined || length === undefined ? piece : piece.subarray(start, start + length);
    body += view.toString("latin1");
  };
  parser[HTTPParser.kOnMessageComplete] = () => {
    if (head === null || result !== null) return;
    result = { informations, ...head, body, trailers };
    trailers = [];
  };
  const isOver = (): boolean => result !== null;
  const read = parser.execute(bytes);
  // What comes behind a complete answer is not part of it.
  if (!(read instanceof Error) && !isOver() && ends) parser.finish();
  parser.close();
  return result;
}
