import { migrateText } from "./support.ts";

const source = (argument: string): string =>
  `DocumentRoot /srv/www\nProxyPass /p/ http://10.0.0.7/x/\n<Directory ${argument}>\nAllowOverride None\nOrder deny,allow\nDeny from all\nAllow from 10.\n</Directory>\n`;

describe.each(["nginx", "haproxy"])("to %s, rules of 1.3 in <Directory proxy:…>", (to) => {
  const allowed = to === "nginx" ? "allow 10.0.0.0/8;" : "src 10.0.0.0/8";

  test.each(["proxy:*", "proxy:http://10.0.0.7/", "proxy:http://10.0.0.7/x/*"])(
    "of %s hold for what is sent on",
    (argument) => {
      expect(migrateText(source(argument), { to }).text).toContain(allowed);
    },
  );

  test("of another server do not", () => {
    expect(migrateText(source("proxy:http://10.0.0.8/"), { to }).text).not.toContain(allowed);
  });
});
