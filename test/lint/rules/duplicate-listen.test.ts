import { duplicateListen } from "../../../src/lint/rules/duplicate-listen.ts";
import { testRule } from "../test-rule.ts";

testRule(duplicateListen, {
  accept: {
    "one port on two addresses": "Listen 10.0.0.1:80\nListen 10.0.0.2:80\n",
    "two ports": "Listen 80\nListen 443 https\n",
    "a line that is not read": "Listen 80\n<IfModule mod_nope.c>\nListen 80\n</IfModule>\n",
    alternatives: {
      config: "<IfModule mod_ssl.c>\nListen 443\n</IfModule>\n<IfModule mod_gnutls.c>\nListen 443\n</IfModule>\n",
      dialect: "2.4",
    },
    "an address and all": "Listen 80\nListen 10.0.0.1:80\n",
  },
  reject: {
    "the same port twice": {
      config: "Listen 80\nlisten 80\n",
      findings: ['2:1 Duplicate Listen "80", first on line 1'],
    },
    "written in two ways": {
      config: "Listen *:80\nListen 0.0.0.0:0080\n",
      findings: ['2:1 Duplicate Listen "0.0.0.0:0080", first on line 1'],
    },
    "in an included file": {
      config: "Listen 80\nInclude /a.conf\n",
      findings: ['/a.conf:2:1 Duplicate Listen "80", first on line 1 of /main.conf'],
      files: { "/a.conf": "\nListen 80\n" },
    },
  },
});
