import { connect } from "node:http2";
import type { ClientHttp2Session, IncomingHttpHeaders } from "node:http2";
import { once } from "node:events";
import { onStop, startBackend, stopAll } from "../../proxy/support.ts";
import { certificateFor } from "../../support/certificates.ts";
import { startTestServer } from "../support.ts";

afterEach(stopAll);

const lines = `Protocols h2 http/1.1
SSLEngine on
SSLCertificateFile FOLDER/front.pem
Header set X-Frame-Options DENY
Header always add X-Always one
Header always add X-Always two
Header unset X-Secret
Header edit X-Name "^a" "b"
Header append Vary X-Made
Header set Connection close
RequestHeader set X-Asked yes
RequestHeader unset Accept-Language
RequestHeader append Accept text/x-made
`;

async function start() {
  const { cert, key } = await certificateFor("front");
  let asked: IncomingHttpHeaders = {};
  const backend = await startBackend("web1", (request, response) => {
    asked = request.headers;
    response.setHeader("X-Secret", "1");
    response.setHeader("X-Name", "abc");
    response.setHeader("Vary", "Accept");
    response.setHeader("X-Always", "zero");
    response.statusCode = request.url === "/missing" ? 404 : 200;
    response.end("ok");
  });
  const server = await startTestServer(`${lines}ProxyPass /app http://127.0.0.1:${backend.port}\n`, {
    "front.pem": cert + key,
  });
  const session = connect(`https://127.0.0.1:${server.port}`, { rejectUnauthorized: false, servername: "front" });
  onStop(() => {
    session.destroy();
    return Promise.resolve();
  });
  return { session, asked: () => asked };
}

async function ask(session: ClientHttp2Session, path: string): Promise<IncomingHttpHeaders> {
  const stream = session.request({
    ":path": path,
    ":authority": "front",
    accept: "text/html",
    "accept-language": "de",
    "x-asked": "no",
  });
  const [headers] = (await once(stream, "response")) as [IncomingHttpHeaders];
  stream.resume();
  await once(stream, "close");
  return headers;
}

test("a relayed answer and its request are changed as over HTTP/1.1", async () => {
  const { session, asked } = await start();
  const headers = await ask(session, "/app/x");
  expect(headers).toMatchObject({
    ":status": 200,
    "x-frame-options": "DENY",
    "x-name": "bbc",
    vary: "Accept, X-Made",
    // As in httpd, those of `always` come first.
    "x-always": "one, two, zero",
  });
  expect(headers).not.toHaveProperty("x-secret");
  expect(headers).not.toHaveProperty("connection");
  expect(asked()).toMatchObject({ "x-asked": "yes", accept: "text/html, text/x-made" });
  expect(asked()).not.toHaveProperty("accept-language");
});

test("so are files, and an error of this server has only what is there always", async () => {
  const { session } = await start();
  expect(await ask(session, "/index.html")).toMatchObject({
    ":status": 200,
    "x-frame-options": "DENY",
    "x-always": "one, two",
    vary: "X-Made",
  });
  const missing = await ask(session, "/nothing");
  expect(missing).toMatchObject({ ":status": 404, "x-always": "one, two" });
  expect(missing).not.toHaveProperty("x-frame-options");
});
