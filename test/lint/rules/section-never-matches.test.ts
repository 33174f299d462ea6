import { sectionNeverMatches } from "../../../src/lint/rules/section-never-matches.ts";
import { testRule } from "../test-rule.ts";

const letters = "paths are compared letter by letter, with * and ? at most";
const of = (name: string, argument: string): string => `<${name} ${argument}>\n</${name}>\n`;

testRule(sectionNeverMatches, {
  accept: {
    "usual ones": `${of("Directory", "/a")}${of("Location", "/a")}${of("Files", ".ht*")}${of("Files", "wp-config.php")}`,
    "shell patterns": `${of("Directory", "/home/*/www")}${of("Files", "*.[ch]")}${of("Location", "/a?")}${of("Location", "*")}`,
    "expressions where they belong": `${of("DirectoryMatch", '"^/a$"')}${of("Files", '~ "\\.(a|b)$"')}${of("LocationMatch", "^/a")}`,
    "addresses of other servers": of("Location", "http://a/"),
    variables: of("Location", "${A}"),
    "names with odd characters": `${of("Files", "a(b).txt")}${of("Directory", '"/a (b)"')}`,
  },
  reject: {
    "an expression for Directory": {
      config: of("Directory", '"/srv/(a|b)"'),
      findings: [`1:12 <Directory> that never matches "/srv/(a|b)": ${letters}`],
    },
    "an expression for Files": {
      config: of("Files", '"\\.php$"'),
      findings: [`1:8 <Files> that never matches "\\.php$": ${letters}`],
    },
    "an expression for Location": {
      config: of("Location", "^/admin"),
      findings: [`1:11 <Location> that never matches "^/admin": ${letters}`],
    },
    "a path for Files": {
      config: of("Files", "conf/a.ini"),
      findings: ['1:8 <Files> that never matches "conf/a.ini": Files compares the last part of the path alone'],
    },
    "a Location without slash": {
      config: of("Location", "admin"),
      dialect: "1.3",
      findings: ['1:11 <Location> that never matches "admin": every path of a URL begins with a slash'],
    },
    "a query": {
      config: of("Location", "/a?b=c"),
      findings: ['1:11 <Location> that never matches "/a?b=c": a query is no part of the path'],
    },
  },
});
