/** Whether a text is the given one, which is in lower case and ASCII, whatever its own case; without a copy of it. */
export function isIgnoringCase(text: string, lower: string): boolean {
  const { length } = lower;
  if (text.length !== length) return false;
  for (let index = 0; index < length; index += 1) {
    const code = text.charCodeAt(index);
    const wanted = lower.charCodeAt(index);
    // Only letters have another case, and 32 more than their capitals.
    if (code !== wanted && (code + 32 !== wanted || wanted < 97 || wanted > 122)) return false;
  }
  return true;
}
