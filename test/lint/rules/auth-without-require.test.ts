import { authWithoutRequire } from "../../../src/lint/rules/auth-without-require.ts";
import { testRule } from "../test-rule.ts";

const auth = "AuthType Basic\nAuthName x\nAuthUserFile /etc/p\n";

testRule(authWithoutRequire, {
  accept: {
    "a Require in the section": `<Location /a>\n${auth}Require valid-user\n</Location>\n`,
    "a Require for some methods": `<Location /a>\n${auth}<LimitExcept GET>\nRequire user a\n</LimitExcept>\n</Location>\n`,
    "a Require in a container": `<Location /a>\n${auth}<RequireAny>\nRequire ip ::1\nRequire group a\n</RequireAny>\n</Location>\n`,
    "a Require in a section inside": `<Directory /a>\n${auth}<Files b>\nRequire valid-user\n</Files>\n</Directory>\n`,
    "a Require elsewhere that has no AuthType": `<Directory /a>\n${auth}</Directory>\n<Location /b>\nRequire valid-user\n</Location>\n`,
    "access files that may have it": `<Directory /a>\nAllowOverride AuthConfig\n${auth}</Directory>\n`,
    "AuthType None": "<Directory /a>\nAuthType None\n</Directory>\n",
    "a negated Require": `<Location /a>\n${auth}<RequireAll>\nRequire all granted\nRequire not user a\n</RequireAll>\n</Location>\n`,
  },
  reject: {
    "nobody who is asked": {
      config: `<Location /a>\n${auth}</Location>\n`,
      findings: ["2:1 Nobody is asked for a password: there is no Require for users here"],
    },
    "addresses only": {
      config: `<Location /a>\n${auth}Require ip 10.0.0.0/8\n</Location>\n`,
      findings: ["2:1 Nobody is asked for a password: there is no Require for users here"],
    },
    "a Require elsewhere with an AuthType of its own": {
      config: `<Location /a>\n${auth}</Location>\n<Location /b>\n${auth}Require valid-user\n</Location>\n`,
      findings: ["2:1 Nobody is asked for a password: there is no Require for users here"],
    },
    "a Require in another virtual host": {
      config: `<VirtualHost a>\n<Location /a>\n${auth}</Location>\n</VirtualHost>\n<VirtualHost b>\n<Location /b>\nRequire valid-user\n</Location>\n</VirtualHost>\n`,
      findings: ["3:1 Nobody is asked for a password: there is no Require for users here"],
    },
    "read as 1.3": {
      config: `<Location /a>\n${auth}</Location>\n`,
      dialect: "1.3",
      findings: ["2:1 Nobody is asked for a password: there is no Require for users here"],
    },
  },
});
