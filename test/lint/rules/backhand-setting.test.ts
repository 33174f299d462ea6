import { backhandSetting } from "../../../src/lint/rules/backhand-setting.ts";
import { testRule } from "../test-rule.ts";

testRule(backhandSetting, {
  accept: {
    "words that they take": `BackhandHealth failures=3 max-ejected=30%
BackhandCheck path=/health?x=1 host=www.example interval=2 timeout=500 rise=1 fall=2 expect=2xx,301,400-404
BackhandMaxInflight 50 queue=10 wait=200
BackhandWorkers 4
BackhandSlowStart 20
BackhandTimeout connect=300ms first-byte=2 idle=1min TOTAL=0
BackhandRetry attempts=11 on=connect,sent budget=100%
BackhandTrustedProxy 127.0.0.1 10.0.0.0/8 fd00::/8
`,
    "a limit that all workers have a part of": "BackhandWorkers 4\nBackhandMaxInflight 4\nMaxClients 150\n",
    "the last of several lines": "BackhandWorkers 4\nBackhandMaxInflight 2\nBackhandMaxInflight 8\n",
    "switched off": "BackhandHealth off\nBackhandCheck off\n",
  },
  reject: {
    "a word that nobody knows": {
      config: "BackhandCheck uri=/\n",
      findings: [
        '1:1 Expected path=/…, host=NAME, interval=S, timeout=S, rise=N, fall=N or expect=2xx,404 instead of "uri=/"',
      ],
    },
    "a limit that is smaller than the number of workers": {
      config: "BackhandMaxInflight 3\nBackhandWorkers 4\nMaxClients 1\n",
      findings: [
        "1:1 BackhandMaxInflight 3 leaves nothing for some of 4 workers",
        "3:1 MaxClients 1 leaves nothing for some of 4 workers",
      ],
    },
    "times, tries and networks that are none": {
      config:
        "BackhandTimeout conect=5\nBackhandTimeout connect=5x\nBackhandRetry attempts=many\nBackhandRetry on=never\nBackhandTrustedProxy 10.0.0.1 proxy.example\nBackhandTrustedProxy fe80::1%eth0\n",
      findings: [
        '1:1 Expected connect=S, first-byte=S, idle=S or total=S, in seconds or with ms, s, min or h, instead of "conect=5"',
        '2:1 Expected connect=S, first-byte=S, idle=S or total=S, in seconds or with ms, s, min or h, instead of "connect=5x"',
        '3:1 Expected attempts=N, on=connect,reset,sent or budget=N% instead of "attempts=many"',
        '4:1 Expected attempts=N, on=connect,reset,sent or budget=N% instead of "on=never"',
        '5:1 Expected an address or address/prefix instead of "proxy.example"',
        '6:1 Expected an address or address/prefix instead of "fe80::1%eth0"',
      ],
    },
    "no number of processes": {
      config: "BackhandWorkers many\n",
      findings: ['1:1 Expected a number from 1 to 256, got "many"'],
    },
    "a share of more than all": {
      config: "BackhandHealth max-ejected=150%\n",
      findings: [
        '1:1 Expected failures=N, errors=N%, window=S, eject=S or max-ejected=N% instead of "max-ejected=150%"',
      ],
    },
  },
});
