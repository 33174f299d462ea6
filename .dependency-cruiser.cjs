/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: "no-circular",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "grammar-imports-chevrotain-only",
      severity: "error",
      from: { path: "^grammar/" },
      to: { pathNot: "^grammar/|^node_modules/chevrotain/" },
    },
    {
      name: "source-imports-nothing-of-ours",
      severity: "error",
      from: { path: "^src/source/" },
      to: { path: "^(src|grammar)/", pathNot: "^src/source/" },
    },
    {
      name: "expression-imports-nothing-of-ours",
      severity: "error",
      from: { path: "^src/expression/" },
      to: { path: "^(src|grammar)/", pathNot: "^src/expression/" },
    },
    {
      name: "runtime-never-loads-the-parser",
      comment: "A server starts from a compiled table; the parser is loaded only where a configuration is read.",
      severity: "error",
      from: { path: "^src/(routing|access|balance|stats|proxy|server)/" },
      to: {
        path: "^(grammar/|src/(ast|config|lint|compile|migrate)/)",
        pathNot: "^src/compile/table\\.ts$|^grammar/(dialect|directives/header-actions)\\.ts$",
      },
    },
    {
      name: "lint-and-compile-apart",
      severity: "error",
      from: { path: "^src/lint/" },
      to: { path: "^src/compile/", pathNot: "^src/compile/table\\.ts$" },
    },
    { name: "compile-and-lint-apart", severity: "error", from: { path: "^src/compile/" }, to: { path: "^src/lint/" } },
    {
      name: "only-cli-imports-migrate",
      severity: "error",
      from: { path: "^(src|grammar)/", pathNot: "^src/(cli|migrate)/|^src/index\\.ts$" },
      to: { path: "^src/migrate/" },
    },
    {
      name: "one-importer-of-http-proxy",
      severity: "error",
      from: { pathNot: "^src/proxy/http-proxy\\.ts$" },
      to: { path: "^node_modules/http-proxy/" },
    },
    {
      name: "units-do-not-import-siblings",
      severity: "error",
      from: {
        path: "^(src/(?:lint/rules|balance/candidacy|stats/transports|report/formats|migrate/targets))/([^/]+)\\.ts$",
        pathNot: "/index\\.ts$",
      },
      to: { path: "^$1/", pathNot: "^$1/$2\\.ts$" },
    },
    {
      name: "only-cli-imports-cli",
      severity: "error",
      from: { path: "^(src|grammar)/", pathNot: "^src/cli/" },
      to: { path: "^src/cli/" },
    },
    {
      name: "no-dev-dependencies",
      severity: "error",
      from: { path: "^(src|grammar)/" },
      to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"] },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "types", "node", "default"] },
  },
};
