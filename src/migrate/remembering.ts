/** Beyond so many, texts are made anew. */
const MOST_REMEMBERED = 1000;

/** Does once for each text what is the same for equal texts: thousands of lines have one of a few reasons, hosts one of a few formats. */
export function remembering<Made>(make: (text: string) => Made): (text: string) => Made {
  let last: readonly [text: string, made: Made] | null = null;
  const known = new Map<string, Made>();
  return (text) => {
    if (last?.[0] === text) return last[1];
    const made = known.get(text) ?? make(text);
    if (known.size < MOST_REMEMBERED) known.set(text, made);
    last = [text, made];
    return made;
  };
}
