import { unknownLogFormat } from "../../../src/lint/rules/unknown-log-format.ts";
import { testRule } from "../test-rule.ts";

testRule(unknownLogFormat, {
  accept: {
    "a defined format": 'LogFormat "%h" common\nCustomLog logs/a common\n',
    "a format in place": 'LogFormat "%h" common\nCustomLog logs/a "%h %u"\n',
    "a piece of a configuration": "CustomLog logs/a combined\nCustomLog logs/b combined2\nCustomLog logs/c mine\n",
    "a usual format in a piece that has one of its own":
      'LogFormat "%h" mine\nCustomLog logs/a mine\nCustomLog logs/b combined\n',
    "a definition behind it": 'CustomLog logs/a common\nLogFormat "%h" common\n',
  },
  reject: {
    "a usual format that a whole server does not define": {
      config: 'Listen 80\nLogFormat "%h" mine\nCustomLog logs/b combined\n',
      findings: ['3:18 Unknown format "combined": every line of the log will read just that'],
    },
    "a slip of a usual name, in a piece": {
      config: "CustomLog logs/a combned\n",
      findings: ['1:18 Unknown format "combned": every line of the log will read just that'],
      fixedUnsafely: "CustomLog logs/a combined\n",
    },
    "a slip": {
      config: 'LogFormat "%h" combined\nCustomLog logs/a combinde\n',
      findings: ['2:18 Unknown format "combinde": every line of the log will read just that'],
      fixedUnsafely: 'LogFormat "%h" combined\nCustomLog logs/a combined\n',
    },
  },
});
