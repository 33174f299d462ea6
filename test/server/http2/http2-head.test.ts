import fc from "fast-check";
import { readHttp2Head } from "../../../src/server/http2/http2-head.ts";
import { sendable, writeHead } from "../../../src/proxy/request-writer.ts";

const pseudo = [":method", "GET", ":scheme", "https", ":authority", "front", ":path", "/"];

test("whatever the fields, the head that comes out is one that can be written in HTTP/1.1", () => {
  const name = fc.oneof(
    fc.constantFrom("host", "content-length", "cookie", "te", "transfer-encoding", "connection", ":path", ":x", "x-a"),
    fc.string({ unit: "binary", maxLength: 6 }),
  );
  const value = fc.oneof(
    fc.constantFrom("front", "1", "trailers", "/", "a b"),
    fc.string({ unit: "binary", maxLength: 8 }),
  );
  const fields = fc.array(fc.tuple(name, value), { maxLength: 6 }).map((pairs) => pairs.flat());
  fc.assert(
    fc.property(fields, fc.boolean(), fc.boolean(), (more, hasPseudo, hasBody) => {
      const head = readHttp2Head([...(hasPseudo ? pseudo : []), ...more], hasBody);
      if ("error" in head) return;
      const lines = [];
      for (let index = 0; index + 1 < head.fields.length; index += 2) {
        lines.push(`${head.fields[index] ?? ""}: ${head.fields[index + 1] ?? ""}\r\n`);
      }
      const names = head.fields.filter((_, index) => index % 2 === 0);
      const { method, target } = head;
      const fixed = {
        isChunked: false,
        isExpecting: false,
        needsHost: false,
        trailers: null,
        upgrade: null,
        body: null,
      };
      const text = lines.join("");
      // Throws for what would end a line, or begin another one.
      writeHead({ method, target, fields: sendable(text), ...fixed }, { id: "a", address: "10.0.0.1", port: 80 }, true);
      expect(names.filter((each) => each === "host")).toHaveLength(1);
      expect(names.filter((each) => /^(?:content-length|transfer-encoding)$/.test(each)).length).toBeLessThanOrEqual(1);
      expect(names).not.toContain("connection");
      if (!hasBody) expect(names).not.toContain("transfer-encoding");
    }),
    { numRuns: 5000 },
  );
});
