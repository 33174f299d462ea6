/** What a Header or RequestHeader line can do to a field; RequestHeader cannot `echo`. mod_headers.c header_inout_cmd */
export const headerActions = [
  "add",
  "set",
  "setifempty",
  "append",
  "merge",
  "unset",
  "echo",
  "note",
  "edit",
  "edit*",
] as const;

export type HeaderAction = (typeof headerActions)[number];
