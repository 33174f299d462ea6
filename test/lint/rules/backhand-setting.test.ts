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
    "switched off": "BackhandHealth off\nBackhandCheck off\n",
  },
  reject: {
    "a word that nobody knows": {
      config: "BackhandCheck uri=/\n",
      findings: [
        '1:1 Expected path=/…, host=NAME, interval=S, timeout=S, rise=N, fall=N or expect=2xx,404 instead of "uri=/"',
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
