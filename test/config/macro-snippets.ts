/** A macro for each tag of a section. */
export const locations = "<Macro open $p>\n<Location $p>\n</Macro>\n<Macro shut>\n</Location>\n</Macro>\n";
/** The same for conditionals. */
export const blocks = "<Macro if $n>\n<IfDefine $n>\n</Macro>\n<Macro fi>\n</IfDefine>\n</Macro>\n";
/** The same for virtual hosts. */
export const host =
  "<Macro host $n>\n<VirtualHost 10.0.0.1:81>\nServerName $n\n</Macro>\n<Macro tsoh>\n</VirtualHost>\n</Macro>\n";

/** Macros of other tags than those of whole sections, and what is read around them. */
export const snippets: readonly string[] = [
  `${locations}Use open /x\nRequire all granted\n</Location>\nServerAdmin a\n`,
  `${locations}<Location /y>\nRequire all denied\nUse shut\nServerAdmin a\n`,
  `${locations}Use open /x\nRequire all granted\nUse shut\nListen 127.0.0.1:2\n`,
  `${locations}Use open /x\nListen 127.0.0.1:2\nUse shut\n`,
  `${locations}Use open /x\nBogus\nUse shut\n`,
  `${locations}Use open /x\nRequire all granted\n`,
  `${locations}Use shut\n`,
  `${locations}Use open /x\nUse open /y\nUse shut\nUse shut\n`,
  `${locations}Use open /x\n</Directory>\nUse shut\n`,
  `${locations}<VirtualHost 10.0.0.1:81>\nUse open /x\nRequire all granted\nUse shut\nServerName a\n</VirtualHost>\nServerAdmin b\n`,
  `${locations}<VirtualHost 10.0.0.1:81>\nUse open /x\n</VirtualHost>\n`,
  `${locations}<IfDefine !x>\nUse open /x\n</IfDefine>\n</Location>\n`,
  `${locations}<IfDefine !x>\nUse open /x\nRequire all granted\nUse shut\n</IfDefine>\n`,
  `${locations}<IfDefine !x>\nUse open /x\n`,
  `${locations}<IfDefine x>\nUse open /x\n</IfDefine>\nServerAdmin a\n`,
  `${locations}<IfDefine x>\nUse open /x\n</Location>\n</IfDefine>\n`,
  `${locations}<Macro both $p>\nUse open $p\nRequire all granted\nUse shut\n</Macro>\nUse both /x\nUse both /y\nServerAdmin a\n`,
  `${locations}<Macro out>\n<Location /o>\nUse shut\nServerAdmin a\nUse open /p\n</Location>\n</Macro>\nUse out\nServerName b\n`,
  `${locations}<Macro next $p>\n</Location>\n<Location $p>\n</Macro>\n<Location /a>\nUse next /b\nRequire all granted\nUse next /c\nRequire all denied\n</Location>\n`,
  `${locations}<Macro self>\n</Location>\nUse self\n</Macro>\n<Location /a>\nUse self\n`,
  `${blocks}Use if x\nBogus\n</IfDefine>\nServerAdmin a\n`,
  `${blocks}Use if x\nBogus\n<Directory /x>\n</Directory>\nUse fi\nBogus\n</IfDefine>\nServerAdmin a\n`,
  `${blocks}Use if x\nBogus\n`,
  `${blocks}Use if x\n<Else> # x\n</Else>\n</IfDefine>\n`,
  `${blocks}Use if x\n</Directory>\n</IfDefine>\n`,
  `${blocks}Use if !x\nServerAdmin a\n`,
  `${blocks}Use if !x\nServerAdmin a\n</IfDefine>\n`,
  `${blocks}Use if !x\nServerAdmin a\n</IfDefine> # x\n`,
  `${blocks}<IfDefine !x>\nServerAdmin a\nUse fi\nServerName b\n`,
  `${blocks}<IfDefine x>\nUse fi\n</IfDefine>\nServerName b\n`,
  `${host}Use host a\nServerAdmin b\nUse tsoh\nUse host c\nServerAdmin d\nUse tsoh\nServerAdmin e\n`,
  `${host}Use host a\n<Directory /x>\nUse tsoh\n`,
  `${locations}<Directory /a>\n<Macro M>\n</Directory>\n</Macro>\nUse M\nServerAdmin a\n`,
  `${locations}<Directory /a>\n<Macro M>\n</Directory>\n</Macro>\n</Directory>\n`,
  `${locations}Use open /x\n<Macro N $a>\nRequire $a\n</Macro>\nUse N "all granted"\nUse shut\nUse N "all granted"\n`,
  `${locations}Use open /x\n<Macro N>\n</Directory>\n</Macro>\n</Location>\n`,
  `${locations}Use open /x\n</Location>\n<Macro N>\n`,
  "<Macro M $k>\n<$k /x>\n</Macro>\nUse M Location\nRequire all granted\n</Location>\n",
  "<Macro M $k>\n</$k>\n</Macro>\n<Location /x>\nRequire all granted\nUse M Location\nServerAdmin a\n",
  "<Macro M $a $b>\n<$a /x>\n</$b>\n</Macro>\nUse M Location location\nUse M Location Files\n",
  "<Macro M>\n<Location /x\n</Location>\n</Macro>\nUse M\n",
  "<Macro M>\n<Location /x>\n</Location\n</Macro>\nUse M\n",
  "<Macro M>\n< Location /x>\n</Macro>\nUse M\n</Location>\n",
  "<Macro M>\n<Directory /x>\n<Limit GET>\n</Macro>\nUse M\nRequire all granted\n</Limit>\nRequire all denied\n</Directory>\n",
  "<Macro M>\n<Macro N>\n<Location /x>\n</Macro>\nUse N\n</Macro>\nUse M\nRequire all granted\n</Location>\n",
  "<Macro M>\n</Location\n</Macro>\n<Location /x>\nUse M\n",
  "<Macro M>\n<If true>\n</Macro>\nUse M\nServerAdmin a\n</If>\n<Else>\n</Else>\n",
  `${locations}Include FILE1\nServerAdmin a\n`,
  `${locations}Include FILE2\n</Location>\n`,
  `${locations}Use open /x\nInclude FILE3\n</Location>\nServerAdmin a\n`,
  `${locations}Use open /x\nUndefMacro shut\nUse shut\n</Location>\n`,
  `${locations}Use open /x\nDefine p /y\nUse shut\nUse open \${p}\nRequire all granted\nUse shut\n`,
];

/** What FILE1 to FILE3 are in them. */
export const included: readonly string[] = [
  "Use open /x\nRequire all granted\nUse shut\nServerAdmin b\n",
  "Use open /x\nRequire all granted\n",
  "Require all granted\n",
];
