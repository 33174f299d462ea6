// Makes grammar/directives/apache13.ts and apache24.ts from the recordings in grammar/directives/data/.
// `node scripts/generate-directives.js` writes them; with --check it only says whether they are up to date (exit code 1 if not).
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { format } from "prettier";

const folder = join(import.meta.dirname, "..", "grammar", "directives");

const contextLetters = {
  "server config": "s",
  "virtual host": "v",
  directory: "d",
  ".htaccess": "h",
  "proxy section": "p",
};

/** Directives of 2.4 that have code and no manual page: the module is told by the source file. */
const moduleOfSource = {
  "modules/aaa/mod_auth_digest.c": "mod_auth_digest",
  "modules/aaa/mod_authz_core.c": "mod_authz_core",
  "modules/generators/mod_autoindex.c": "mod_autoindex",
  "modules/http2/h2_config.c": "mod_http2",
  "modules/lua/mod_lua.c": "mod_lua",
  "modules/md/mod_md_config.c": "mod_md",
  "modules/ssl/mod_ssl.c": "mod_ssl",
  "server/core.c": "core",
  "server/mpm/event/event.c": "mpm_common",
};

/** The manual's lists of source files are not always the name that httpd itself uses (`__FILE__` of the module record). */
const fileOfModule = { core: "core.c", mod_sed: "mod_sed.c", mod_heartbeat: "mod_heartbeat.c", mpm_common: null };

/**
 * Places that handlers of 2.4 test in functions that the recording did not follow (server/listen.c, server/mpm_common.c,
 * util_mutex.c, mod_ssl, mod_proxy, mod_mime, mod_md). Found by asking 2.4.71 about each directive in each kind of section.
 */
const flags24 = new Map([
  ...(
    "CoreDumpDirectory EnableExceptionHook ExtendedStatus GracefulShutdownTimeout Listen ListenBackLog " +
    "ListenCoresBucketsRatio MaxConnectionsPerChild MaxRequestsPerChild MaxMemFree Mutex PidFile ReceiveBufferSize " +
    "ScoreBoardFile SeeRequestTail SendBufferSize ThreadStackSize SSLCryptoDevice SSLFIPS SSLPassPhraseDialog " +
    "SSLRandomSeed SSLSessionCache SSLStaplingCache"
  )
    .split(" ")
    .map((name) => [name, ["GLOBAL_ONLY"]]),
  ["MultiviewsMatch", ["NOT_IN_LOCATION", "NOT_IN_LIMIT"]],
  ["ProxyPass", ["NOT_IN_DIRECTORY", "NOT_IN_FILES", "NOT_IN_LIMIT"]],
  ["ProxyPassMatch", ["NOT_IN_DIRECTORY", "NOT_IN_FILES", "NOT_IN_LIMIT"]],
  ["MDRequireHttps", ["NOT_IN_DIRECTORY", "NOT_IN_LOCATION", "NOT_IN_LIMIT"]],
]);

/** Words that a handler of 2.4 counts itself. */
const args24 = new Map([["AddOutputFilterByType", ["ITERATE2"]]]);

/** In the manual or in code that is never compiled; 2.4.71 with all its modules knows none of them. */
const absent24 = new Set(["AuthDigestNonceFormat", "LuaHookPreTranslate", "MDCertificateMonitor", "RequireNotAll"]);

/** The manual has one page for what MPMs share; no other MPM has this. */
const moduleOf24 = new Map([["StartThreads", "mpm_netware"]]);

/** What 2.4.71 knows and the recording is too old for, as rows: asked of that server. The oldest release is told where known. */
const younger24 = [
  "ScriptLog|mod_cgid|TAKE1|RSRC_CONF||sv||ScriptLog file-path",
  "ScriptLogBuffer|mod_cgid|TAKE1|RSRC_CONF||sv||ScriptLogBuffer bytes",
  "ScriptLogLength|mod_cgid|TAKE1|RSRC_CONF||sv||ScriptLogLength bytes",
  "<MDomain|mod_md|RAW_ARGS|RSRC_CONF||s||<MDomain dns-name [ other-dns-name... ]>...</MDomain>",
  "H2MaxHeaderBlockLen|mod_http2|TAKE1|RSRC_CONF||sv|2.4.64|H2MaxHeaderBlockLen bytes",
  "H2MaxStreamErrors|mod_http2|TAKE1|RSRC_CONF||sv|2.4.64|H2MaxStreamErrors n",
  "ListenTCPDeferAccept|mpm_common|TAKE1|RSRC_CONF|GLOBAL_ONLY|s|2.4.64|ListenTCPDeferAccept seconds",
  "MDHttpProxyCACertificateFile|mod_md|TAKE1|RSRC_CONF||sv|2.4.64|MDHttpProxyCACertificateFile file-path",
  "MDInitialDelay|mod_md|TAKE1|RSRC_CONF||sv|2.4.64|MDInitialDelay duration",
  "MDProfile|mod_md|TAKE1|RSRC_CONF||sv|2.4.64|MDProfile name",
  "MDProfileMandatory|mod_md|TAKE1|RSRC_CONF||sv|2.4.64|MDProfileMandatory on|off",
  "MDRenewViaARI|mod_md|TAKE1|RSRC_CONF||sv|2.4.64|MDRenewViaARI on|off",
  "MacroIgnoreBadNesting|mod_macro|RAW_ARGS|OR_ALL+EXEC_ON_READ||||",
  "MacroIgnoreEmptyArgs|mod_macro|RAW_ARGS|OR_ALL+EXEC_ON_READ||||",
  "SSLVHostSNIPolicy|mod_ssl|TAKE1|RSRC_CONF|GLOBAL_ONLY|s|2.4.66|SSLVHostSNIPolicy strict|secure|authonly|insecure",
];

function row(directive) {
  const contexts = directive.contexts.map((context) => contextLetters[context]).join("");
  return [
    (directive.section ? "<" : "") + directive.name,
    moduleOf24.get(directive.name) ?? directive.module,
    directive.args.join("+"),
    directive.overrides.join("+"),
    directive.notIn.join("+"),
    contexts,
    directive.since ?? "",
    (directive.syntax ?? "").replace(/\s+/g, " "),
  ].join("|");
}

function file(source, server, modules, directives) {
  const lines = (items) => items.map((item) => `  ${JSON.stringify(item)},\n`).join("");
  return format(
    `// Made by scripts/generate-directives.js from data/${source} (${server}); do not edit.

/** \`name|file|identifier|status|since\` of each module. */
export const modules: readonly string[] = [
${lines(modules)}];

/** One directive of one module each, in the format that rows.ts reads. */
export const directives: readonly string[] = [
${lines(directives)}];
`,
    { parser: "typescript", printWidth: 120 },
  );
}

function read(name) {
  return JSON.parse(readFileSync(join(folder, "data", name), "utf8"));
}

/** The command tables of 1.3 have `order`, `allow`, `deny`; the manual writes `Order`, and case does not matter to httpd. */
function spelled({ name, syntax }) {
  const [written = name] = (syntax ?? "").split(" ");
  return written.toLowerCase() === name.toLowerCase() ? written : name;
}

function apache13() {
  const data = read("apache13-directives.json");
  // Modules of other systems come last, so that the usual module is found first where a name lives in several.
  const rank = (source) => (source.startsWith("src/os/") ? 1 : 0);
  const modules = Object.entries(data.modules)
    .sort(([, a], [, b]) => rank(a.source) - rank(b.source))
    .map(([name, module]) => `${name}|${name}|${module.symbol}|${name === "http_core.c" ? "core" : "base"}|`);
  const directives = data.directives
    .map((directive) => ({ ...directive, name: spelled(directive), args: [directive.args], notIn: directive.not_in }))
    .sort((a, b) => rank(a.source) - rank(b.source));
  return file("apache13-directives.json", data.server, modules, directives.map(row));
}

function apache24() {
  const data = read("apache24-directives.json");
  const modules = Object.entries(data.modules).map(([name, module]) => {
    const file = name in fileOfModule ? fileOfModule[name] : module.source_file;
    const identifier = name === "core" ? "core_module" : module.identifier;
    return `${name}|${file ?? ""}|${identifier ?? ""}|${module.status.toLowerCase()}|${module.since ?? ""}`;
  });
  modules.splice(1, 0, "http_core|http_core.c|http_module|core|");
  const documented = data.directives.map((directive) => ({
    ...directive,
    // Three names have a manual page and no recorded command table: nothing is checked there.
    args: args24.get(directive.name) ?? directive.args ?? (directive.section ? ["RAW_ARGS"] : ["TAKE_ARGV"]),
    overrides: directive.overrides_c ?? (directive.contexts.includes(".htaccess") ? ["OR_ALL"] : ["RSRC_CONF"]),
    notIn: flags24.get(directive.name) ?? directive.not_in ?? [],
    syntax: directive.syntax[0],
  }));
  const undocumented = data.undocumented.map((directive) => ({
    ...directive,
    module: moduleOfSource[directive.source[0]],
    overrides: directive.overrides_c,
    notIn: flags24.get(directive.name) ?? directive.not_in,
    contexts: [],
  }));
  const server = `${data.server}, ${data.version}`;
  return file(
    "apache24-directives.json",
    server,
    modules,
    [...documented, ...undocumented]
      .filter((directive) => !absent24.has(directive.name))
      .map(row)
      .concat(younger24),
  );
}

/** Paths and wanted contents of the generated files. */
export async function generate() {
  return [
    { path: join(folder, "apache13.ts"), text: await apache13() },
    { path: join(folder, "apache24.ts"), text: await apache24() },
  ];
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  for (const { path, text } of await generate()) {
    if (!process.argv.includes("--check")) writeFileSync(path, text);
    else if (readFileSync(path, "utf8") !== text) {
      process.exitCode = 1;
      process.stderr.write(`${path} is out of date: run node scripts/generate-directives.js\n`);
    }
  }
}
