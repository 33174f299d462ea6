import { workerLimits } from "../../../src/lint/rules/worker-limits.ts";
import { testRule } from "../test-rule.ts";

const inModule = (name: string, ...lines: readonly string[]): string =>
  `<IfModule ${name}>\n${lines.join("\n")}\n</IfModule>\n`;

testRule(workerLimits, {
  accept: {
    "what httpd comes with": `${inModule("mpm_prefork_module", "MinSpareServers 5", "MaxSpareServers 10", "MaxRequestWorkers 250")}${inModule("mpm_worker_module", "MinSpareThreads 75", "MaxSpareThreads 250", "ThreadsPerChild 25", "MaxRequestWorkers 400")}`,
    "a limit that is raised": inModule("prefork.c", "ServerLimit 500", "MaxClients 500"),
    "numbers that only other modules would not take": inModule(
      "mpm_event_module",
      "ThreadsPerChild 64",
      "MaxRequestWorkers 1000",
    ),
    "many workers, where nothing says of which kind": "MaxRequestWorkers 1000\n",
    "a module with other settings": inModule("mpm_winnt_module", "ThreadsPerChild 150"),
    variables: inModule("prefork.c", "MaxRequestWorkers ${N}"),
    "each module by itself": `${inModule("prefork.c", "ServerLimit 10", "MaxClients 10")}${inModule("worker.c", "MaxClients 300")}`,
    "what was compiled in for 1.3": { config: "MaxClients 256\n", dialect: "1.3" },
  },
  reject: {
    "spare processes the wrong way round": {
      config: "MinSpareServers 20\nMaxSpareServers 10\n",
      findings: ["2:17 MaxSpareServers 10 is not above MinSpareServers 20: httpd takes 21"],
    },
    "more than the usual limit": {
      config: inModule("mpm_prefork_module", "MaxRequestWorkers 400"),
      findings: ["2:19 MaxRequestWorkers 400 is more than the usual limit of 256 processes: httpd takes 256"],
    },
    "more than ServerLimit": {
      config: `LoadModule mpm_prefork_module modules/mod_mpm_prefork.so\nServerLimit 100\nMaxRequestWorkers 400\n`,
      findings: ["3:19 MaxRequestWorkers 400 is more than ServerLimit 100: httpd takes 100"],
    },
    "more than processes with their threads": {
      config: inModule("mpm_event_module", "ServerLimit 4", "ThreadsPerChild 25", "MaxRequestWorkers 400"),
      findings: ["4:19 MaxRequestWorkers 400 is more than ServerLimit 4 with 25 threads each: httpd takes 100"],
    },
    "more threads than the limit": {
      config: inModule("worker.c", "ThreadLimit 16", "ThreadsPerChild 25"),
      findings: ["3:17 ThreadsPerChild 25 is more than ThreadLimit 16: httpd takes 16"],
    },
    "spare threads too near": {
      config: inModule("worker.c", "MinSpareThreads 100", "MaxSpareThreads 75"),
      findings: [
        "3:17 MaxSpareThreads 75 is less than MinSpareThreads 100 and the 25 threads of one process: httpd takes 125",
      ],
    },
    "more than 1.3 is compiled for": {
      config: "MaxClients 512\n",
      dialect: "1.3",
      findings: ["1:12 MaxClients 512 is more than the usual limit of 256 processes: httpd takes 256"],
    },
    "what stands outside of the module's block": {
      config: `ServerLimit 10\n${inModule("prefork.c", "MaxClients 20")}`,
      findings: ["3:12 MaxClients 20 is more than ServerLimit 10: httpd takes 10"],
    },
  },
});
