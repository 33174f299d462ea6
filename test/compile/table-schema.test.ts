import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";

import { readTable } from "../../src/routing/read-table.ts";
import { compileText } from "../support/compile-text.ts";

const schema = JSON.parse(
  readFileSync(join(import.meta.dirname, "..", "..", "docs", "table.schema.json"), "utf8"),
) as Record<string, unknown>;
const validate = new Ajv({ strict: false, allErrors: false }).compile(schema);

const full = compileText(
  `Listen 80
ServerName m.ex
MulticastStats 10.0.0.1:80 239.1.1.1:4445,1
AcceptStats 10.0.0.0/8
RewriteEngine on
<If "%{REQUEST_URI} =~ m#^/a#">
Header set X y
</If>
<Macro alias $a>
ServerAlias $a
</Macro>
<VirtualHost *:80 [::1]:81>
Use alias *.ex
ServerPath /p
<Directory /srv>
<RequireAll>
<RequireAny>
Require ip 10
</RequireAny>
</RequireAll>
<Limit GET>
Order allow,deny
</Limit>
<Files x>
Deny from all
</Files>
</Directory>
</VirtualHost>
`,
  "2.4",
).table;
const old = compileText("Port 8080\nNameVirtualHost 10.0.0.1\n<VirtualHost 10.0.0.1>\n</VirtualHost>\n", "1.3").table;

test.each([
  ["2.4", full],
  ["1.3", old],
])("a compiled table fits its published schema (%s)", (_, table) => {
  expect({ fits: validate(JSON.parse(JSON.stringify(table))), errors: validate.errors }).toEqual({
    fits: true,
    errors: null,
  });
});

test("schema and program refuse the same changes, wherever they are", () => {
  const paths: (readonly (string | number)[])[] = [];
  const collect = (value: unknown, path: readonly (string | number)[]): void => {
    paths.push(path);
    if (Array.isArray(value)) for (const [index, item] of value.entries()) collect(item, [...path, index]);
    else if (typeof value === "object" && value !== null) {
      for (const [key, inner] of Object.entries(value)) collect(inner, [...path, key]);
    }
  };
  collect(full, []);
  expect(paths.length).toBeGreaterThan(100);
  const values = [undefined, null, -1, 1.5, 70_000, "x", true, [], {}, { stray: 1 }];
  for (const path of paths.filter(({ length }) => length > 0)) {
    for (const value of values) {
      const copy = JSON.parse(JSON.stringify(full)) as Record<string | number, unknown>;
      let at = copy;
      for (const key of path.slice(0, -1)) at = at[key] as Record<string | number, unknown>;
      at[path.at(-1) ?? ""] = value;
      const text = JSON.stringify(copy);
      const read = readTable(text);
      const dangling = "error" in read && /names a host that is not there/.test(read.error);
      if (dangling) continue;
      const byProgram = "table" in read;
      const bySchema = validate(JSON.parse(text));
      expect({ path, value, bySchema }).toEqual({ path, value, bySchema: byProgram });
    }
  }
});
