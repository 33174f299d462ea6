const authority = /^(?:[\w.~-]*|\[[\da-fA-F:.]+\])(?::\d{0,5})?$/;

/**
 * Whether a text is a host with or without a port, as in a Host field, which may also be empty. A list, a user, a path or a
 * space would be read as one host here and as another behind us; httpd's strict mode refuses the same. RFC 9110 7.2
 */
export function isAuthority(text: string): boolean {
  return authority.test(text);
}
