import { locationWildcard } from "../../../src/lint/rules/location-wildcard.ts";
import { testRule } from "../test-rule.ts";

testRule(locationWildcard, {
  accept: {
    "a path": "<Location /a/>\n</Location>\n",
    "a star in the middle": "<Location /*/private>\n</Location>\n",
    "an expression": '<Location ~ "/a.*">\n</Location>\n',
  },
  reject: {
    "a star behind a slash": {
      config: "<Location /a/*>\n</Location>\n",
      findings: ['1:11 Shallow section: the star of "/a/*" matches no slash, so what lies deeper is not in it'],
    },
    "a star behind a name": {
      config: "<Location /fo*>\nRequire all denied\n</Location>\n",
      findings: ['1:11 Shallow section: the star of "/fo*" matches no slash, so what lies deeper is not in it'],
    },
  },
});
