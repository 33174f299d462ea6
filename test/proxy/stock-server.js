// http-proxy as it comes, in a process of its own, since some of its faults end the process that has them.
// Arguments: what to do, then ports of servers. Says its port, and then each warning and each exception that nobody caught.
import { Agent, createServer } from "node:http";
import httpProxy from "http-proxy";

const [what, ...ports] = process.argv.slice(2);
const say = (text) => process.stdout.write(`${text}\n`);
process.on("uncaughtException", (error) => say(`uncaught ${error.code ?? error.message}`));
process.on("warning", ({ name, code }) => say(`warning ${name} ${code ?? ""}`));

const agent = what === "queue" ? new Agent({ keepAlive: true, maxSockets: 1 }) : undefined;
const proxy = httpProxy.createProxyServer({ ...(agent === undefined ? {} : { agent }) });
const target = (index) => ({ target: `http://127.0.0.1:${ports[Math.min(index, ports.length - 1)]}` });
if (what === "queue") proxy.on("proxyReq", (request) => request.setHeader("X-Added", "1"));

const server = createServer((request, response) => {
  // Every port in turn, the last for all that are left; twelve tries.
  const attempt = (index) => {
    proxy.web(request, response, target(index), () => {
      if (index < 11) attempt(index + 1);
      else response.writeHead(502).end();
    });
  };
  attempt(0);
});
server.on("upgrade", (request, socket, head) => {
  proxy.ws(request, socket, head, target(0), () => socket.destroy());
});
server.listen(0, "127.0.0.1", () => say(`port ${server.address().port}`));
