declare const BACKHAND_VERSION: string | undefined;

/** The package's version; put in by the build, so that no file is read for it. */
export const version: string = typeof BACKHAND_VERSION === "string" ? BACKHAND_VERSION : "0.0.0-source";
