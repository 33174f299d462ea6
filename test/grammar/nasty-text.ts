import fc from "fast-check";

/** Pieces of text that mean something to a reader of lines, tags, words or continuations, some at the wrong place. */
const pieces = [
  ...[
    "\n",
    "\r\n",
    "\r",
    "\\\n",
    "\\\r\n",
    "\\\\\n",
    "\\\\\\\n",
    "\\ \n",
    "\\",
    "\\\\",
    "\0",
    "\n\n",
    "\f",
    "\v",
    "\t",
    "  ",
  ],
  ...[
    '"',
    "'",
    '\\"',
    "\\'",
    "#",
    "# c",
    "<",
    ">",
    "</",
    "<>",
    "< ",
    " >",
    "/",
    "=",
    "~",
    "!",
    "${X}",
    "${",
    "}",
    "%{x}i",
  ],
  ...[
    "<VirtualHost *:80>",
    "</VirtualHost>",
    "<directory /x>",
    "</Directory>",
    "<IfModule a.c",
    "</IfModule >",
    '"<Files"',
  ],
  ...[
    "<Perl>",
    "<LuaHookFixups f>",
    "</luahookfixups>",
    "</Perl>",
    "<Perl",
    "</perl\n",
    "Listen 80",
    "ServerName",
    "Options",
    "a",
    "é",
    "漢",
    "😀",
    "\udc80",
    "\ud800",
  ],
  "\ufeff",
];

/** Texts of such pieces and of anything. */
export const nastyText = fc
  .array(fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...pieces) }, fc.string({ unit: "binary", maxLength: 4 })), {
    maxLength: 60,
  })
  .map((parts) => parts.join(""));
