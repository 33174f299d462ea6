import { Buffer } from "node:buffer";

import { matchesPassword } from "../../src/access/password-hash.ts";

const bytes = (text: string): string => Buffer.from(text).toString("latin1");

/** What htpasswd, openssl and perl's crypt make of passwords. */
const hashes: readonly (readonly [string, string, string])[] = [
  ["apr1", "secret", "$apr1$y1aApWMT$bml.jZNgEhAeU3.kVvmmy/"],
  ["apr1 of UTF-8", "pä ss", "$apr1$qzivz04B$CVFT.vKCgib2Gv91rTZCB/"],
  ["apr1 by openssl", "pä ss", "$apr1$abcdefgh$vogOapdWVY7197KcLRHhX/"],
  ["apr1 of 24 letters", "longpasswordlongpassword", "$apr1$lbWCGfyo$w8OOJw0Cm1moWuNZM/pVa0"],
  ["bcrypt", "secret", "$2y$05$j5dR0PrikrFBahYNX8zQP.HEI1tld9/L2qzBXz0d4E41CNzkx0Z5."],
  ["bcrypt of UTF-8", "pä ss", "$2y$05$ipns92bDvfgbFm9AQW8o9uytbeIoUVBaRJ3VTDlkEpJr9M.TJLOIm"],
  ["SHA-256 crypt by openssl", "secret", "$5$abcdefgh$gruCpC7VkOTspMQTTSAR8mtlO9Upms.fwqE5y16JVM."],
  [
    "SHA-512 crypt by openssl",
    "secret",
    "$6$abcdefgh$ltjgWl6579NluT/Vi1nwEvcil.G5Nbc4NiXZaNGStk8PSwGfQv72N2CKPPrVACtLtip/cZ/1GM/O6IND4WQhG.",
  ],
  [
    "SHA-512 crypt of UTF-8",
    "päss",
    "$6$xy$JDmwD9tTa306GFrM.Sm8TbZB4RVX101TcPfbdwCCWR9BfmwQzpOMgOoocQu.YBGI6z2OP7mmf2vBwKIF.E4d6.",
  ],
  ["SHA-1", "secret", "{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ="],
  ["SHA-1 of UTF-8", "pä ss", "{SHA}lI0OH0WdoE/oe0HAdiHwtq5j1Ro="],
  ["crypt", "secret", "14Ryju1J4ECZg"],
  ["crypt of UTF-8", "pä ss", "4.QDxcUlVQ3y."],
  ["crypt, first eight letters", "longpasswordlongpassword", "tQiAE3pdNk522"],
  ["crypt by perl", "pä ss", "zzZUVm/gCE2EA"],
];

test.each(hashes)("%s: the right password matches and others do not", async (_, password, hash) => {
  await expect(matchesPassword(bytes(password), hash)).resolves.toBe(true);
  await expect(matchesPassword(bytes(`x${password}`), hash)).resolves.toBe(false);
  await expect(matchesPassword("", hash)).resolves.toBe(false);
  await expect(matchesPassword(hash, hash)).resolves.toBe(false);
});

test.each([
  "",
  "secret",
  "$6$salt$abc",
  "$1$abcdefgh$x",
  `$6$rounds=999999999$abcdefgh$${"a".repeat(86)}`,
  "$5$$x",
  "{SHA}",
  "$2y$99$j5dR0PrikrFBahYNX8zQP.HEI1tld9/L2qzBXz0d4E41CNzkx0Z5.",
  "$apr1$",
  "$2y$",
  "*",
])("%j is no hash that anything matches", async (hash) => {
  for (const password of ["", "secret", hash]) await expect(matchesPassword(password, hash)).resolves.toBe(false);
});
