import { slashMismatch } from "../../../src/lint/rules/slash-mismatch.ts";
import { testRule } from "../test-rule.ts";

testRule(slashMismatch, {
  accept: {
    "slashes on both": "Alias /i/ /srv/i/\nProxyPass /a/ http://b/a/\nRedirect / https://www.example/\n",
    "slashes on none": "Alias /i /srv/i\nProxyPass /a http://b/a\nRedirect permanent /a https://www.example/b\n",
    "a file": "Alias /robots/ /srv/robots.txt\n",
    "what is not mapped": "ProxyPass /a/ !\nRedirect gone /a/\n",
    "a slash too many that harms nobody": "Alias /i /srv/i/\nRedirect /a http://www.example/\n",
  },
  reject: {
    "an Alias that reaches beside its folder": {
      config: 'Alias /i/ "/srv/i"\n',
      findings: ['1:11 Missing slash: "/i/x" becomes "/srv/ix"'],
      fixedUnsafely: 'Alias /i/ "/srv/i/"\n',
    },
    "a Redirect that glues a path to a host": {
      config: "Redirect permanent / https://www.example\n",
      findings: ['1:22 Missing slash: "/x" becomes "https://www.examplex"'],
      fixedUnsafely: "Redirect permanent / https://www.example/\n",
    },
    "a ProxyPass that doubles a slash": {
      config: "ProxyPass /a http://b/\n",
      findings: ['1:14 Doubled slash: "/a/x" becomes "http://b//x"'],
    },
    "a ProxyPass that misses one": {
      config: "ProxyPass / http://b:8080\n",
      findings: ['1:13 Missing slash: "/x" becomes "http://b:8080x"'],
    },
  },
});
