import { isIn } from "../../src/migrate/haproxy/place-conditions.ts";
import { migrateText } from "./support.ts";

const odd = Array.from({ length: 150 }, (_, index) => 2 * index + 1);

const types = Array.from({ length: 90 }, (_, index) => `text/t${index}`);

/** The places of a condition. */
function placesOf(condition: string): readonly number[] {
  const words = /txn\.place\) -m int ([\d: ]+) \}/.exec(condition)?.[1]?.split(" ") ?? [];
  return words.flatMap((word) => {
    const [from = NaN, to = from] = word.split(":").map(Number);
    return Array.from({ length: to - from + 1 }, (_, index) => from + index);
  });
}

it("each place meets one condition", () => {
  for (const places of [odd, [1, 2, 3, 7], [5], odd.filter((place) => place % 5 !== 0)])
    expect(isIn(1, places).flatMap(placesOf)).toEqual(places);
});

it("HAProxy takes all lines of folders that alternate, with every kind of other condition", () => {
  const folders = odd.slice(0, 60).map(
    (number) => `<Location /p${number}/>
ExpiresActive On
ExpiresByType text/html A60
ExpiresDefault A3600
Header set X-One one
AddOutputFilterByType DEFLATE ${types.join(" ")}
</Location>
<Location /p${number + 1}/>
Order deny,allow
Deny from 10.0.0.${number}
</Location>`,
  );
  const text = `Listen 80\nServerName a.example\nProxyPass / http://10.1.1.1/\n${folders.join("\n")}\n`;
  const written = migrateText(text, { to: "haproxy", dialect: "2.2" }).text.split("\n");
  const words = written.map((line) => line.trim().split(/(?<!\\) +/).length);
  expect(written.filter((line) => line.includes("txn.place")).length).toBeGreaterThan(3);
  expect(written.filter((line) => line.includes("compression type"))).not.toEqual([]);
  expect(Math.max(...words)).toBeLessThanOrEqual(64);
});
