/** Whether a field's name is the given one, which is in lower case. Cheaper than making a lower-case copy of the name. */
export function isNamed(name: string, lower: string): boolean {
  const { length } = lower;
  if (name.length !== length) return false;
  for (let index = 0; index < length; index += 1) {
    const code = name.charCodeAt(index);
    const wanted = lower.charCodeAt(index);
    // Only letters have another case, and 32 more than their capitals.
    if (code !== wanted && (code + 32 !== wanted || wanted < 97 || wanted > 122)) return false;
  }
  return true;
}
