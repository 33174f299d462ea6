import { relativeDirectorySection } from "../../../src/lint/rules/relative-directory-section.ts";
import { testRule } from "../test-rule.ts";

testRule(relativeDirectorySection, {
  accept: {
    "an absolute path": "<Directory /srv/www>\n</Directory>\n",
    "a volume": '<Directory "sys:/www">\n</Directory>\n',
    "a drive letter": '<Directory "C:/www">\n</Directory>\n',
    "an expression": '<Directory ~ "^www">\n</Directory>\n',
    "a wildcard": "<Directory */public_html>\n</Directory>\n",
    "1.3's proxy": { config: "<Directory proxy:*>\n</Directory>\n", dialect: "1.3" },
    "a marker that a build replaces": "<Directory @@ServerRoot@@/htdocs>\n</Directory>\n",
    "a relative Files": "<Files x>\n</Files>\n",
  },
  reject: {
    "a relative path": {
      config: "<Directory cgi-bin>\n</Directory>\n",
      findings: ['1:12 Unreachable section: no file name matches the relative path "cgi-bin"'],
    },
    "in quotes": {
      config: '<Directory "cgi bin/x">\n</Directory>\n',
      findings: ['1:12 Unreachable section: no file name matches the relative path "cgi bin/x"'],
    },
  },
});
