import { sslWeakCipher } from "../../../src/lint/rules/ssl-weak-cipher.ts";
import { testRule } from "../test-rule.ts";

testRule(sslWeakCipher, {
  accept: {
    "strong ones": "SSLCipherSuite HIGH:!aNULL:!MD5:!3DES\n",
    "weak ones taken out": "SSLCipherSuite ALL:!RC4:!LOW:!EXP:!MD5:!aNULL\n",
    "a move to the end": "SSLCipherSuite HIGH:+3DES\n",
  },
  reject: {
    "weak ones put in": {
      config: 'SSLCipherSuite "HIGH:RC4+RSA:LOW"\n',
      findings: ['1:16 Weak ciphers: "RC4, LOW"'],
    },
  },
});
