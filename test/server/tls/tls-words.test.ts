import { cipherList, readVersions } from "../../../src/server/tls/tls-words.ts";

/** As httpd 2.4.71 offers them, but for protocols that its OpenSSL no longer has. */
test.each([
  ["all", "TLSv1", "TLSv1.3"],
  ["all -SSLv3", "TLSv1", "TLSv1.3"],
  ["all -SSLv2 -SSLv3 -TLSv1 -TLSv1.1", "TLSv1.2", "TLSv1.3"],
  ["-all +TLSv1.2 +TLSv1.3", "TLSv1.2", "TLSv1.3"],
  ["TLSv1.2", "TLSv1.2", "TLSv1.2"],
  ["TLSv1.2 TLSv1.3", "TLSv1.3", "TLSv1.3"],
  ["+TLSv1.1 +TLSv1.3", "TLSv1.3", "TLSv1.3"],
  ["ALL -tlsv1.3", "TLSv1", "TLSv1.2"],
])("SSLProtocol %s: from %s to %s", (words, min, max) => {
  expect(readVersions(words.split(" "))).toEqual({ min, max });
});

test.each(["SSLv3", "all -all", "-TLSv1.2", "TLSv1.4", "+", ""])("SSLProtocol %j is an error", (words) => {
  expect(readVersions(words.split(" "))).toHaveProperty("error");
});

test("a list keeps TLS 1.3 on, and never offers suites without a certificate or a cipher", () => {
  const node = "TLS_AES_256_GCM_SHA384:ECDHE-RSA-AES128-GCM-SHA256";
  expect(cipherList(null, null, node)).toBeNull();
  expect(cipherList("HIGH", null, node)).toMatch(/^TLS_AES_256_GCM_SHA384:.*:HIGH:!aNULL:!eNULL:!EXP$/);
  expect(cipherList(null, "TLS_AES_128_GCM_SHA256", node)).toBe("TLS_AES_128_GCM_SHA256:ECDHE-RSA-AES128-GCM-SHA256");
});
