/** With U+FFFD for each lone surrogate (how bytes that are no UTF-8 are kept), which JSON readers and URIs refuse. */
export function wellFormed(text: string): string {
  return text.toWellFormed();
}
