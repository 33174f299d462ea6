/** A configuration of one form, of any size. */
export interface MigrateShape {
  readonly name: string;
  /** Files below `root` that make about so many lines; the main one is httpd.conf. `root` is an absolute path. */
  readonly files: (lines: number, root: string) => ReadonlyMap<string, string>;
}

const ADDRESSES = 10_000;

/** 10.x.y.1 for any number. */
const address = (number: number): string => `10.${(number >> 8) & 255}.${number & 255}.${1 + (number >> 16)}`;

/** Blocks that each are made of a number, as many as give the lines wanted, behind lines for all. */
function blocks(
  name: string,
  start: readonly string[],
  block: (number: number) => readonly string[],
  end: readonly string[] = [],
): MigrateShape {
  return {
    name,
    files: (lines) => {
      const count = Math.ceil(lines / block(0).length);
      const body = Array.from({ length: count }, (_, number) => block(number).join("\n"));
      return new Map([["httpd.conf", `${[...start, ...body, ...end].join("\n")}\n`]]);
    },
  };
}

/** The same with fewer lines. */
const limited = (most: number, { name, files }: MigrateShape): MigrateShape => ({
  name: `${name} (${most} lines)`,
  files: (lines, root) => files(Math.min(lines, most), root),
});

/** A server of 2.2 with hosts by name. */
const newer: readonly string[] = [
  "ServerRoot /etc/httpd",
  "Listen 80",
  "ServerName main.example",
  "NameVirtualHost *:80",
  "<IfModule mpm_prefork_module>",
  "MaxClients 150",
  "</IfModule>",
  'LogFormat "%h %l %u %t \\"%r\\" %>s %b" common',
  "DocumentRoot /srv/main",
];

const older: readonly string[] = ["ServerType standalone", "Port 80", "ServerName main.example"];

const oldHost = (number: number): readonly string[] => [
  `<VirtualHost ${address(number)}>`,
  `ServerName www${number}.example`,
  `DocumentRoot /srv/${number}`,
  'ErrorDocument 404 "gone',
  `<Directory /srv/${number}>`,
  "Options Indexes +FollowSymLinks",
  "Order allow,deny",
  "Allow from all",
  "</Directory>",
  `<Directory /srv/${number}/private>`,
  "AuthType Basic",
  'AuthName "x"',
  "AuthUserFile /etc/users",
  "Require valid-user",
  "</Directory>",
  "<Location /status>",
  "Order deny,allow",
  "Deny from all",
  "</Location>",
  "</VirtualHost>",
];

/** A host of 2.2 by name, with other lines before its end. */
const namedHost = (number: number, more: readonly string[] = []): readonly string[] => [
  "<VirtualHost *:80>",
  `    ServerName www${number}.example`,
  `    ServerAlias site${number}.example *.site${number}.example`,
  `    DocumentRoot /srv/www/${number}/htdocs`,
  `    Alias /images/ /srv/www/${number}/images/`,
  `    Redirect permanent /old http://www${number}.example/new`,
  `    CustomLog logs/access-${number}.log common`,
  `    ErrorLog logs/error-${number}.log`,
  `    <Directory /srv/www/${number}/htdocs>`,
  "        AllowOverride None",
  "        Order allow,deny",
  "        Allow from all",
  "    </Directory>",
  "    <Location /admin>",
  "        Order deny,allow",
  "        Deny from all",
  `        Allow from 10.${number & 255}.0.0/16`,
  "    </Location>",
  ...more,
  "</VirtualHost>",
];

const ruledHost = (number: number): readonly string[] =>
  namedHost(number, [
    "    RewriteEngine On",
    `    RewriteCond %{HTTP_HOST} ^site${number}\\.example$ [NC]`,
    `    RewriteRule ^/(.*)$ http://www${number}.example/$1 [R=301,L]`,
  ]);

/** One file for each 10 lines. */
const manyFiles: MigrateShape = {
  name: "10,000 included files",
  files: (lines, root) => {
    const files = new Map([["httpd.conf", `${[...newer, `Include ${root}/sites/*.conf`].join("\n")}\n`]]);
    for (let number = 0; number < lines / 10; number++) {
      const text = [
        "<VirtualHost *:80>",
        `ServerName www${number}.example`,
        `DocumentRoot /srv/www/${number}`,
        `<Directory /srv/www/${number}>`,
        "Order allow,deny",
        "Allow from all",
        "</Directory>",
        `Redirect /old${number} http://www${number}.example/`,
        "# the end",
        "</VirtualHost>",
      ];
      files.set(`sites/${String(number).padStart(6, "0")}.conf`, `${text.join("\n")}\n`);
    }
    return files;
  },
};

/** Hosts whose documents are there, each with a file of its own for access. */
const accessFiles: MigrateShape = {
  name: "hosts with .htaccess files",
  files: (lines, root) => {
    const files = new Map<string, string>();
    const hosts: string[] = [];
    for (let number = 0; number < lines / 20; number++) {
      const folder = `${root}/docs/${number}`;
      const host = ["<VirtualHost *:80>", `ServerName www${number}.example`, `DocumentRoot ${folder}`];
      const directory = [`<Directory ${folder}>`, "AllowOverride All", "Order allow,deny", "Allow from all"];
      hosts.push([...host, ...directory, "</Directory>", "</VirtualHost>"].join("\n"));
      const own = [
        "Options -Indexes",
        "ErrorDocument 404 /missing.html",
        "<Files secret.txt>",
        "Order allow,deny",
        "Deny from all",
        "</Files>",
        "RewriteEngine On",
        "RewriteRule ^old/(.*)$ /new/$1 [R=301,L]",
        "SetEnvIf User-Agent bot isbot",
        "AddType text/plain .log",
        "DirectoryIndex start.html",
      ];
      files.set(`docs/${number}/.htaccess`, `${own.join("\n")}\n`);
    }
    files.set("httpd.conf", `${[...newer, ...hosts].join("\n")}\n`);
    return files;
  },
};

/** Conditionals within conditionals, to a depth of a hundred. */
const nested: MigrateShape = blocks("nested IfModule", newer, (number) => [
  ...Array.from({ length: 98 }, (_, depth) => `<IfModule ${depth % 2 === 0 ? "mod_alias.c" : "!mod_none.c"}>`),
  `Alias /deep${number}/ /srv/deep/${number}/`,
  `Redirect /gone${number} http://www.example/${number}`,
  ...Array.from({ length: 98 }, () => "</IfModule>"),
]);

const oneHost = ["<VirtualHost *:80>", "ServerName one.example", "DocumentRoot /srv/one"];
const endOfHost = ["</VirtualHost>"];

/** Forms that a large configuration may have, each to be migrated in time. */
export const migrateShapes: readonly MigrateShape[] = [
  blocks("1.3: hosts with sections", older, oldHost),
  blocks("2.2: hosts with all sorts of lines", newer, (number) => namedHost(number)),
  blocks("2.2: the same with rules", newer, ruledHost),
  blocks(
    "Location sections in one host",
    [...newer, ...oneHost],
    (number) => [
      `<Location /part${number}>`,
      "Order deny,allow",
      "Deny from all",
      `Allow from ${address(number)}`,
      "</Location>",
    ],
    endOfHost,
  ),
  blocks("Directory sections", newer, (number) => [
    `<Directory /srv/main/part${number}>`,
    "Order allow,deny",
    "Allow from all",
    `Deny from ${address(number)}`,
    "</Directory>",
  ]),
  blocks(
    "Redirect lines in one host",
    [...newer, ...oneHost],
    (number) => [`Redirect permanent /old${number} http://www.example/new${number}`],
    endOfHost,
  ),
  blocks(
    "RewriteRule lines in one host",
    [...newer, ...oneHost, "RewriteEngine On"],
    (number) => [`RewriteRule ^/old${number}/(.*)$ http://www.example/new${number}/$1 [R=301,L]`],
    endOfHost,
  ),
  manyFiles,
  blocks("comments", older, (number) => [`# Line ${number}: nothing to see here, but it must be kept as it is.`]),
  blocks("balanced hosts", older, (number) => [
    `<VirtualHost ${address(number)}>`,
    `ServerName www${number}.example`,
    `DocumentRoot /srv/${number}`,
    "<Location /cgi-bin>",
    "SetHandler backhand-handler",
    "Backhand byAge",
    "Backhand byRandom",
    "Backhand byLogWindow",
    "Backhand byLoad",
    "</Location>",
    "<Location /app>",
    "SetHandler backhand-handler",
    "Backhand byAge 6",
    "Backhand byLoad",
    "</Location>",
    "</VirtualHost>",
  ]),
  nested,
  blocks("hosts by address and port", older, (number) => [
    `Listen ${address(number % ADDRESSES)}:${8000 + (number % ADDRESSES)}`,
    `<VirtualHost ${address(number % ADDRESSES)}:${8000 + (number % ADDRESSES)}>`,
    `ServerName www${number}.example`,
    `DocumentRoot /srv/${number}`,
    `<Directory /srv/${number}>`,
    "Order allow,deny",
    "Allow from all",
    "</Directory>",
    `Alias /files /srv/files/${number}`,
    "</VirtualHost>",
  ]),
  blocks(
    "ProxyPass lines",
    [...newer, ...oneHost],
    (number) => [
      `ProxyPass /app${number} http://10.9.${(number >> 8) & 255}.${number & 255}:8080/app`,
      `ProxyPassReverse /app${number} http://10.9.${(number >> 8) & 255}.${number & 255}:8080/app`,
    ],
    endOfHost,
  ),
  blocks("SetEnvIf and Header lines", newer, (number) => [
    `SetEnvIf User-Agent "bot${number}/[0-9]+" robot=${number}`,
    `Header set X-Part${number} "part ${number}"`,
    `RequestHeader set X-Asked${number} "yes"`,
    `BrowserMatch "^Old${number}" nokeepalive`,
  ]),
  accessFiles,
  blocks(
    "Alias lines with their Directory",
    [...newer, ...oneHost],
    (number) => [
      `Alias /part${number}/ /srv/parts/${number}/`,
      `<Directory /srv/parts/${number}>`,
      "Order allow,deny",
      `Allow from ${address(number)}`,
      "</Directory>",
    ],
    endOfHost,
  ),
  blocks("hosts by port", newer, (number) => [
    `Listen ${1024 + (number % 60_000)}`,
    `<VirtualHost *:${1024 + (number % 60_000)}>`,
    `ServerName www${number}.example`,
    `DocumentRoot /srv/${number}`,
    "<Location /private>",
    "Order deny,allow",
    "Deny from all",
    "</Location>",
    `Redirect /old http://www${number}.example/new`,
    "</VirtualHost>",
  ]),
  blocks(
    "hosts under many lines of the server",
    [
      ...newer,
      ...Array.from({ length: 400 }, (_, number) => `AddType application/x-own${number} .own${number}`),
      ...Array.from({ length: 100 }, (_, number) => `BrowserMatch "^Old${number}" nokeepalive`),
    ],
    (number) => namedHost(number),
  ),
  blocks(
    "LocationMatch sections in one host",
    [...newer, ...oneHost],
    (number) => [
      `<LocationMatch "^/part${number}/(a|b)">`,
      "Order deny,allow",
      "Deny from all",
      `Allow from ${address(number)}`,
      "</LocationMatch>",
      `<Location /other${number}>`,
      "Order deny,allow",
      "Deny from all",
      "</Location>",
    ],
    endOfHost,
  ),
  // Each section's lines are merged with all that set a variable: beyond this their lists fill the memory.
  limited(
    20_000,
    blocks(
      "variables that sections ask for",
      [...newer, ...oneHost],
      (number) => [
        `SetEnvIf User-Agent "bot${number}/" bot${number}`,
        `<Location /part${number}>`,
        "Order allow,deny",
        `Allow from env=bot${number}`,
        "</Location>",
      ],
      endOfHost,
    ),
  ),
  blocks("hosts with aliases and error pages", newer, (number) => [
    "<VirtualHost *:80>",
    `ServerName www${number}.example`,
    `ServerAlias www${number}.*`,
    `DocumentRoot /srv/${number}`,
    `ErrorDocument 404 /missing${number}.html`,
    "</VirtualHost>",
  ]),
  blocks(
    "AliasMatch and RedirectMatch lines",
    [...newer, ...oneHost],
    (number) => [
      `AliasMatch ^/files${number}/(.*)$ /srv/files${number}/$1`,
      `RedirectMatch ^/old${number}/(.*)$ http://www.example/new${number}/$1`,
    ],
    endOfHost,
  ),
  blocks(
    "patterns for all hosts",
    [
      ...newer,
      '<FilesMatch "\\.(bak|old)$">',
      "Order allow,deny",
      "Deny from all",
      "</FilesMatch>",
      "<Directory /srv/*/private>",
      "Order allow,deny",
      "Deny from all",
      "</Directory>",
    ],
    (number) =>
      namedHost(number, [
        '    <LocationMatch "^/internal/(a|b)">',
        "        Order deny,allow",
        "        Deny from all",
        "    </LocationMatch>",
      ]),
  ),
];
