import type { HeaderLine, HeaderPart } from "./header-lines.ts";
import type { RewriteTests } from "./rewrite-conditions.ts";

/** One value that lines give a field. */
export interface FieldValue {
  readonly parts: readonly HeaderPart[];
  /** Whether it only counts where the other side sent no such field, or none with this element. */
  readonly unless: "never" | "present" | "listed";
}

/** What becomes of a field in one case. */
export interface FieldCase {
  /** Of each condition, whether it holds. */
  readonly holds: readonly boolean[];
  /** Whether what the other side sent stays. */
  readonly keeps: boolean;
  readonly values: readonly FieldValue[];
}

/** What lines come to for one field. */
export interface Field {
  readonly name: string;
  readonly lines: readonly HeaderLine[];
  readonly conditions: readonly RewriteTests[];
  /** Every combination of the conditions. */
  readonly cases: readonly FieldCase[];
}

/** More conditions for one field would be more cases than anybody reads: two to that power. */
const MOST_CONDITIONS = 4;

/**
 * Works out the lines of one table field by field. `edit` must not be among them. `isKnown`: nobody else sends a field of the
 * name, so that lines that add to it are joined here. The fields with too many conditions are left over.
 */
export function fieldsOf(
  lines: readonly HeaderLine[],
  isKnown: boolean,
): { readonly fields: readonly Field[]; readonly left: readonly (readonly HeaderLine[])[] } {
  const byName = new Map<string, HeaderLine[]>();
  for (const line of lines) {
    const key = line.name.toLowerCase();
    const list = byName.get(key);
    if (list === undefined) byName.set(key, [line]);
    else list.push(line);
  }
  const fields: Field[] = [];
  const left: (readonly HeaderLine[])[] = [];
  for (const own of byName.values()) {
    const keys = [...new Set(own.flatMap(({ tests }) => (tests.length === 0 ? [] : [keyOf(tests)])))];
    if (keys.length > MOST_CONDITIONS) {
      left.push(own);
      continue;
    }
    const conditions = keys.map((key) => own.find(({ tests }) => keyOf(tests) === key)?.tests ?? []);
    const cases = Array.from({ length: 1 << keys.length }, (_, mask) => {
      const holds = keys.map((_one, at) => (mask & (1 << at)) !== 0);
      const active = own.filter(({ tests }) => tests.length === 0 || holds[keys.indexOf(keyOf(tests))] === true);
      return { holds, ...outcome(active, isKnown) };
    });
    fields.push({ name: own[0]?.name ?? "", lines: own, conditions, cases });
  }
  return { fields, left };
}

const keyOf = (tests: RewriteTests): string => JSON.stringify(tests);

/** A value with parts of its own, to which lines are joined. */
interface OwnValue extends FieldValue {
  readonly parts: HeaderPart[];
}

function outcome(lines: readonly HeaderLine[], isKnown: boolean): Omit<FieldCase, "holds"> {
  let keeps = !isKnown;
  let values: OwnValue[] = [];
  for (const { action, value } of lines) {
    const plain: OwnValue = { parts: [...value], unless: "never" };
    const [first] = values;
    switch (action) {
      case "set":
        keeps = false;
        values = [plain];
        break;
      case "unset":
        keeps = false;
        values = [];
        break;
      case "add":
        values.push(plain);
        break;
      case "setifempty":
        if (values.length === 0) values.push(keeps ? { ...plain, unless: "present" } : plain);
        break;
      case "append":
      case "merge": {
        if (action === "merge" && values.some((one) => hasElement(one.parts, value))) break;
        if (first === undefined || keeps)
          values.push(action === "merge" && keeps ? { ...plain, unless: "listed" } : plain);
        else first.parts.push({ kind: "text", text: ", " }, ...value);
        break;
      }
      case "edit":
        break;
      default:
        action satisfies never;
    }
  }
  return { keeps, values };
}

/** Whether a value that is known has an element. */
function hasElement(list: readonly HeaderPart[], wanted: readonly HeaderPart[]): boolean {
  const [text, element] = [textOf(list), textOf(wanted)];
  if (text === null || element === null) return JSON.stringify(list) === JSON.stringify(wanted);
  return (text.match(/(?:"[^"]*"?|[^,"])+/g) ?? []).some((one) => one.trimStart() === element);
}

/** A value without anything that is asked; null when something is. */
export function textOf(parts: readonly HeaderPart[]): string | null {
  let text = "";
  for (const part of parts) {
    if (part.kind !== "text") return null;
    text += part.text;
  }
  return text;
}
