import { statusPageBalanced } from "../../../src/lint/rules/status-page-balanced.ts";
import { testRule } from "../test-rule.ts";

testRule(statusPageBalanced, {
  accept: {
    "Backhand off in its section":
      "<Location />\nBackhand byLoad\n</Location>\n<Location /backhand/>\nSetHandler backhand-handler\nBackhand off\n</Location>\n",
    "a balanced tree beside it":
      "<Location /a>\nBackhand byLoad\n</Location>\n<Location /backhand/>\nSetHandler backhand-handler\n</Location>\n",
    "a balanced directory that it does not lead to":
      "DocumentRoot /srv/data\n<Directory /srv/www>\nBackhand byLoad\n</Directory>\n<Location /backhand/>\nSetHandler backhand-handler\n</Location>\n",
    "a balanced directory behind an Alias of another path":
      "DocumentRoot /srv/data\nAlias /app /srv/www\n<Directory /srv/www>\nBackhand byLoad\n</Directory>\n<Location /backhand/>\nSetHandler backhand-handler\n</Location>\n",
    "a balanced virtual host that is another one":
      "<VirtualHost 10.0.0.1>\nBackhand byLoad\n</VirtualHost>\n<Location /backhand/>\nSetHandler backhand-handler\n</Location>\n",
    "another handler":
      "<Location />\nBackhand byLoad\n</Location>\n<Location /server-status>\nSetHandler server-status\n</Location>\n",
  },
  reject: {
    "a balanced Location above it": {
      config:
        "<Location />\nBackhand byLoad\n</Location>\n<Location /backhand/>\nSetHandler backhand-handler\n</Location>\n",
      findings: ['5:12 Balanced status page: "/backhand/" shows the view of a server chosen at random'],
      fixedUnsafely:
        "<Location />\nBackhand byLoad\n</Location>\n<Location /backhand/>\nBackhand off\nSetHandler backhand-handler\n</Location>\n",
    },
    "a balanced document root": {
      config:
        "DocumentRoot /srv/www\n<Directory /srv>\nBackhand byLoad\n</Directory>\n<Location /backhand/>\nSetHandler backhand-handler\n</Location>\n",
      findings: ['6:12 Balanced status page: "/backhand/" shows the view of a server chosen at random'],
    },
    "a balanced server": {
      config: "Backhand byLoad\n<Location /backhand/>\nSetHandler backhand-handler\n</Location>\n",
      findings: ['3:12 Balanced status page: "/backhand/" shows the view of a server chosen at random'],
    },
    "its own functions": {
      config: "<Location /backhand/>\nSetHandler backhand-handler\nBackhand byLoad\n</Location>\n",
      findings: ['2:12 Balanced status page: "/backhand/" shows the view of a server chosen at random'],
    },
    "an Alias into the balanced directory": {
      config:
        "DocumentRoot /srv/data\nAlias /backhand /srv/www/x\n<Directory /srv/www>\nBackhand byLoad\n</Directory>\n<Location /backhand/>\nSetHandler backhand-handler\n</Location>\n",
      findings: ['7:12 Balanced status page: "/backhand/" shows the view of a server chosen at random'],
    },
  },
});
