import { backhandSetting } from "../../../src/lint/rules/backhand-setting.ts";
import { testRule } from "../test-rule.ts";

testRule(backhandSetting, {
  accept: {
    "words that they take": `BackhandHealth failures=3 max-ejected=30%
BackhandCheck path=/health?x=1 host=www.example interval=2 timeout=500 rise=1 fall=2 expect=2xx,301,400-404
BackhandMaxInflight 50 queue=10 wait=200
BackhandWorkers 4
BackhandSlowStart 20
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
