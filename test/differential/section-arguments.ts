/** What stands in the opening lines of sections, one a line; ROOT is the document root, TOP the folder that it is in. */
const texts = {
  Directory: String.raw`
/
/tmp
ROOT/a
ROOT/a/
ROOT/a/b
ROOT/*
ROOT/a*
ROOT/?
ROOT/a/*/c
/tmp/*/www
ROOT/a/b/c
ROOT/x.d
ROOT/f.txt
ROOT/a/../ab
ROOT//a
TOP/w*/a
ROOT/[ax]*
ROOT/s p
ROOT/é
ROOT/A
ROOT/la
ROOT/./a
ROOT/[!a]*
ROOT/a/[a-c]
/*/*
ROOT/*/*
TOP/home
TOP/home/*/pub
ROOT/a/
ROOT/nope
ROOT/\a`,
  DirectoryMatch: String.raw`
/a$
/a/
www
^ROOT/(a|x)
/b/c/?$
\.txt$
^/tmp
/a/b
[^/]+/b
^/
/$
/(?!a)[^/]*/?$
/a/.+/
/(?<sub>a)/b
(?i)/A/
www/[[:alpha:]]/`,
  Files: String.raw`
f.txt
*.html
f.*
?.php
index.html
a
*
[fg].*
f*t
lf.txt
nope
x.d
*.*
i.html.x
F.TXT
pi`,
  FilesMatch: String.raw`
\.txt$
^f
\.(php|html)$
^.$
^$
x
(?i)F\.TXT
^(?!f)
^\.ht
l(?=f)
^[^.]+$`,
  Location: String.raw`
/
/a
/a/
/a/b
/*
/a/*
/a/*/*
/?
/f.txt
/[ax]*
/ab
/nothing
/a/b/c/f.txt
//a
/a*
/~u1
/s p
/s%20p
/é
/A
/al
/nope
/a/f.txt/p
/cgi
/x
/%61
/a//b
/*/*.txt
f.txt
/a/b/
/r
/a%2fb`,
  LocationMatch: String.raw`
^/a
/b
\.txt$
^/$
/[^/]+/[^/]+$
//
^/(?!a)
index
^/(.)/\1`,
} as const;

export type GeneratedSection = keyof typeof texts;

/** The choices for a kind of section. */
export function sectionArguments(kind: GeneratedSection, root: string): readonly string[] {
  const top = root.slice(0, root.lastIndexOf("/"));
  return texts[kind]
    .trim()
    .split("\n")
    .map((text) => text.replace("ROOT", root).replace("TOP", top));
}
