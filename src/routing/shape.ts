/** Where a value is not what it has to be: a path such as `hosts[1].name`, and what was expected there. */
interface ShapeError {
  readonly path: string;
  readonly expected: string;
}

/** Tells what is wrong with a value, or null. */
export type Shape = (value: unknown, path: string) => ShapeError | null;

function shape(expected: string, test: (value: unknown) => boolean): Shape {
  return (value, path) => (test(value) ? null : { path, expected });
}

export const text = shape("a text", (value) => typeof value === "string");

export const truth = shape("true or false", (value) => typeof value === "boolean");

/** A whole number from 0 to `highest`. */
export function count(highest: number): Shape {
  return shape(
    `a whole number from 0 to ${highest}`,
    (value) => Number.isInteger(value) && Number(value) >= 0 && Number(value) <= highest,
  );
}

/** One of some texts or numbers. */
export function oneOf(...values: readonly (string | number)[]): Shape {
  return shape(`one of ${values.join(", ")}`, (value) => values.some((each) => each === value));
}

export function orNull(inner: Shape): Shape {
  return (value, path) => (value === null ? null : inner(value, path));
}

/** A property that may be absent. */
export function optional(inner: Shape): Shape {
  return (value, path) => (value === undefined ? null : inner(value, path));
}

export function listOf(inner: Shape): Shape {
  return (value, path) => {
    if (!Array.isArray(value)) return { path, expected: "a list" };
    for (const [index, item] of value.entries()) {
      const error = inner(item, `${path}[${index}]`);
      if (error !== null) return error;
    }
    return null;
  };
}

/** An object with these properties and no others, so that a misspelled one is not silently left out. */
export function objectOf(properties: Readonly<Record<string, Shape>>): Shape {
  return (value, path) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return { path, expected: "an object" };
    const prefix = path === "" ? "" : `${path}.`;
    const stray = Object.keys(value).find((key) => !Object.hasOwn(properties, key));
    if (stray !== undefined) return { path: `${prefix}${stray}`, expected: "nothing of that name" };
    for (const [key, inner] of Object.entries(properties)) {
      const error = inner((value as Readonly<Record<string, unknown>>)[key], `${prefix}${key}`);
      if (error !== null) return error;
    }
    return null;
  };
}

/** A shape that contains itself, at most `depth` times. */
export function nested(depth: number, make: (inner: Shape) => Shape): Shape {
  const none: Shape = shape("no deeper nesting", (value) => Array.isArray(value) && value.length === 0);
  return Array.from({ length: depth }).reduce<Shape>((inner) => make(inner), none);
}
