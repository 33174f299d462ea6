import { directoryListing } from "../../../src/lint/rules/directory-listing.ts";
import { testRule } from "../test-rule.ts";

testRule(directoryListing, {
  accept: {
    none: "Options None\n",
    "taken out": "Options -Indexes\n",
    "words of another directive": { config: "Options None Allow from all\n", dialect: "1.3" },
  },
  reject: {
    Indexes: {
      config: "Options FollowSymLinks Indexes\n",
      findings: ["1:24 Listed folders: with Indexes a folder without index file shows its files"],
    },
    All: {
      config: "Options All\n",
      findings: ["1:9 Listed folders: All has Indexes in it, and a folder without index file shows its files"],
    },
  },
});
