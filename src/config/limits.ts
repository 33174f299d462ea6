import type { MethodLimit, Origin } from "./active-config.ts";

/**
 * The methods to which a Limit inside another one applies, or null when none is left, which httpd 2.x refuses. Methods are
 * words of the tag, in upper case.
 * 2.4 server/core.c ap_limit_section
 */
export function narrowLimit(
  outer: MethodLimit | null,
  kind: MethodLimit["kind"],
  methods: readonly string[],
  origin: Origin,
): MethodLimit | null {
  const inner: MethodLimit = { kind, methods: [...new Set(methods)], origin };
  if (outer === null) return inner;
  if (outer.kind === "LimitExcept") {
    if (inner.kind === "LimitExcept") return { ...inner, methods: [...new Set([...outer.methods, ...inner.methods])] };
    return kept(
      inner,
      inner.methods.filter((method) => !outer.methods.includes(method)),
    );
  }
  const both = outer.methods.filter((method) => inner.methods.includes(method) === (inner.kind === "Limit"));
  return kept({ ...inner, kind: "Limit" }, both);
}

function kept(limit: MethodLimit, methods: readonly string[]): MethodLimit | null {
  return methods.length === 0 ? null : { ...limit, methods };
}
