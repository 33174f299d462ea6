// Loaded before everything else: says when somebody uses the function of Node that is deprecated as DEP0060. Node itself says it
// from version 22 on.
const util = require("node:util");
const extend = util._extend;
util._extend = (...args) => {
  process.stderr.write("util._extend was used\n");
  return extend(...args);
};
