/** A line of a configuration, or a section with what it holds; made to be taken apart when a case is shrunk. */
export type Part = string | Section;

export interface Section {
  /** Without the angle brackets: `Directory /srv`. */
  readonly tag: string;
  readonly parts: readonly Part[];
}

/** A configuration and the .htaccess files that belong to it, by their folder below the document root. */
export interface Configuration {
  readonly parts: readonly Part[];
  readonly accessFiles: Readonly<Record<string, readonly Part[]>>;
}

/** The text of parts. */
export function printParts(parts: readonly Part[]): string {
  return parts
    .map((part) =>
      typeof part === "string"
        ? `${part}\n`
        : `<${part.tag}>\n${printParts(part.parts)}</${part.tag.split(" ", 1)[0] ?? ""}>\n`,
    )
    .join("");
}

/** Whether what is left of a configuration still shows the fault. */
type StillFails = (configuration: Configuration) => Promise<boolean>;

/** Takes out runs of a list, long ones first, as long as the fault stays. */
async function smallerList(
  parts: readonly Part[],
  fails: (parts: readonly Part[]) => Promise<boolean>,
): Promise<readonly Part[]> {
  let kept = parts;
  for (let length = Math.ceil(parts.length / 2); length >= 1; length = length === 1 ? 0 : Math.ceil(length / 2)) {
    for (let at = 0; at < kept.length;) {
      const smaller = kept.toSpliced(at, length);
      if (await fails(smaller)) kept = smaller;
      else at += length;
    }
  }
  for (let at = 0; at < kept.length; at++) {
    const part = kept[at];
    if (part === undefined || typeof part === "string") continue;
    const smaller = await smallerList(part.parts, (inner) => fails(kept.with(at, { ...part, parts: inner })));
    kept = kept.with(at, { ...part, parts: smaller });
  }
  return kept;
}

/** Takes out of a configuration what the fault does not need. */
export async function smallerConfiguration(configuration: Configuration, fails: StillFails): Promise<Configuration> {
  let kept = configuration;
  for (const folder of Object.keys(configuration.accessFiles)) {
    const { [folder]: _, ...accessFiles } = kept.accessFiles;
    if (await fails({ ...kept, accessFiles })) kept = { ...kept, accessFiles };
  }
  const parts = await smallerList(kept.parts, (smaller) => fails({ ...kept, parts: smaller }));
  kept = { ...kept, parts };
  for (const [folder, lines] of Object.entries(kept.accessFiles)) {
    const withLines = (smaller: readonly Part[]): Configuration => ({
      ...kept,
      accessFiles: { ...kept.accessFiles, [folder]: smaller },
    });
    kept = withLines(await smallerList(lines, (smaller) => fails(withLines(smaller))));
  }
  return kept;
}
