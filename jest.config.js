/** @type {import("jest").Config} */
export default {
  testEnvironment: "node",
  // Small machines too: jest would leave one of two cores idle.
  maxWorkers: "100%",
  // No test measures time; a busy machine must not fail one.
  testTimeout: 60_000,
  roots: ["<rootDir>/test"],
  testMatch: ["**/*.test.ts"],
  extensionsToTreatAsEsm: [".ts"],
  transform: {
    "^.+\\.ts$": [
      "@swc/jest",
      { jsc: { target: "es2023", parser: { syntax: "typescript" } }, module: { type: "es6" }, sourceMaps: "inline" },
    ],
  },
  // Without this jest loads lodash-es again for every test file: minutes instead of seconds, gigabytes instead of megabytes.
  moduleNameMapper: { "^chevrotain$": "<rootDir>/node_modules/chevrotain/lib/chevrotain.mjs" },
  // "v8" counts one-line error callbacks as covered when they never ran.
  coverageProvider: "babel",
  collectCoverageFrom: ["src/**/*.ts", "grammar/**/*.ts"],
  coverageDirectory: "coverage",
};
