import { unknownDirective } from "../../../src/lint/rules/unknown-directive.ts";
import { testRule } from "../test-rule.ts";

testRule(unknownDirective, {
  accept: {
    "what httpd has and its manual leaves out":
      "<MDomain a.example>\nMDMember b.example\n</MDomain>\nSSLVHostSNIPolicy secure\nH2MaxStreamErrors 8\nMDProfile x\n",
    "what a TLS module of others has under the name of mod_ssl's":
      "LoadModule authz_core_module m.so\nLoadModule ossl_module modules/mod_ossl.so\nSSLEngine on\n",
    "known ones": "ServerName a\n<Directory /x>\n</Directory>\n",
    "what a false branch holds": "<IfModule mod_nope.c>\nBogus\n</IfModule>\n",
    "what a build replaces": "@@LoadModule@@\n",
    "what a module of which nothing is known may have": {
      config: "LoadModule frob_module modules/mod_frob.so\nFrobnicateRequests On\n",
    },
    "what Perl may have defined": { config: "PerlModule Apache::Frob\nFrobnicateRequests On\n", dialect: "1.3" },
  },
  reject: {
    "text in UTF-16": {
      config: "\udcff\udcfeL\0i\0s\0t\0e\0n\0",
      findings: ["1:1 Text in UTF-16: httpd reads its bytes one by one and finds no directive"],
      fatal: true,
    },
    "a typing error": {
      config: "ServrName a\n",
      findings: ['1:1 Unknown directive "ServrName"'],
      fatal: true,
      fixedUnsafely: "ServerName a\n",
    },
    "a typing error before arguments with which httpd would stop again": {
      config: "Optoins Separate\n",
      findings: ['1:1 Unknown directive "Optoins"'],
      fatal: true,
      fixedUnsafely: "Optoins Separate\n",
    },
    "a section": {
      config: "<Directry /x>\n</Directry>\n",
      findings: ['1:2 Unknown section "<Directry>"'],
      fatal: true,
    },
    "a glued candidacy function": {
      config: "<Location /a>\n  BackhandbyAge 6\n  BackhandBYLOAD\n</Location>\n",
      findings: ['2:3 Unknown directive "BackhandbyAge"', '3:3 Unknown directive "BackhandBYLOAD"'],
      fatal: true,
      dialect: "1.3",
      fixed: "<Location /a>\n  Backhand byAge 6\n  Backhand byLoad\n</Location>\n",
    },
    "a byte order mark": {
      config: "﻿ServerName a\n",
      findings: ['1:1 Byte order mark before "ServerName": httpd takes it for a part of the name'],
      fatal: true,
      fixed: "ServerName a\n",
    },
    "a section without its brackets": {
      config: "<Directory /x>\n Limit GET\n</Directory>\n",
      findings: ['2:2 Unknown directive "Limit"'],
      fatal: true,
    },
    "a directive in brackets": {
      config: "<ServerName a>\n</ServerName>\n",
      findings: ['1:2 Unknown section "<ServerName>"'],
      fatal: true,
    },
    "a name of another httpd": {
      config: "ServerType standalone\n",
      findings: ['1:1 Unknown directive "ServerType"'],
      fatal: true,
    },
    "a near name in spite of an unknown module": {
      config: "LoadModule frob_module modules/mod_frob.so\nServrName a\n",
      findings: ['2:1 Unknown directive "ServrName"'],
    },
    "a directive of a module that is not loaded": {
      config: "ClearModuleList\nAlias /a /b\n",
      findings: ['2:1 Unavailable directive "Alias": mod_alias.c is not loaded here'],
      fatal: true,
      dialect: "1.3",
    },
  },
});
