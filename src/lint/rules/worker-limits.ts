import { dialects, type Dialect } from "../../../grammar/dialect.ts";
import { argsWords } from "../../../grammar/words.ts";
import type { Line, OpenTag } from "../../../grammar/syntax-tree.ts";
import type { ActiveDirective } from "../../config/active-config.ts";
import { wordOnly } from "../places.ts";
import { defineRule, type Finding } from "../rule.ts";
import { firstWord } from "../sections.ts";

/** Processes with one request each, or with threads; null where the settings are others, undefined where nothing says. */
type Model = "prefork" | "threads" | null | undefined;
type Settings = ReadonlyMap<string, ActiveDirective>;

const NAMES: ReadonlySet<string> = new Set(
  (
    "minspareservers maxspareservers minsparethreads maxsparethreads serverlimit threadlimit threadsperchild " +
    "maxrequestworkers maxclients"
  ).split(" "),
);

/** The model of a multi-processing module, by the name that LoadModule or IfModule has for it. */
function modelOf(name: string): Model {
  const [, kind] =
    /^(?:mpm_)?(prefork|itk|worker|event|winnt|netware|mpmt_os2|beos|perchild)(?:_module|\.c)?$/i.exec(name) ?? [];
  if (kind === undefined) return undefined;
  return /^(?:prefork|itk)$/i.test(kind) ? "prefork" : /^(?:worker|event)$/i.test(kind) ? "threads" : null;
}

/** What holds without a directive: the defaults of httpd's own modules (the manual, mpm_common). */
const DEFAULTS = { prefork: 256, processes: 16, threadsPerChild: 25, threadLimit: 64 } as const;

/** One correction of httpd's: the setting that it changes, and the one that it follows. */
interface Correction {
  readonly setting: ActiveDirective;
  readonly because: ActiveDirective | undefined;
  readonly message: string;
  readonly help: string;
}

function corrections(settings: Settings, model: Model, dialect: Dialect): readonly Correction[] {
  const found: Correction[] = [];
  const number = (name: string): number | null => {
    const text = firstWord(settings.get(name));
    return /^\d{1,9}$/.test(text) ? Number(text) : null;
  };
  const correct = (name: string, because: string, taken: number, why: string, help: string): void => {
    const setting = settings.get(name);
    if (setting === undefined) return;
    const message = `${setting.name} ${firstWord(setting)} ${why}: httpd takes ${taken}`;
    found.push({ setting, because: settings.get(because), message, help });
  };
  const or = (name: string, otherwise: string): string => {
    const setting = settings.get(name);
    return setting === undefined ? otherwise : `${setting.name} ${firstWord(setting)}`;
  };

  const [least, most] = [number("minspareservers"), number("maxspareservers")];
  if (least !== null && most !== null && most <= least && model !== "threads" && model !== null) {
    const why = `is not above MinSpareServers ${least}`;
    correct("maxspareservers", "minspareservers", least + 1, why, `write at least \`MaxSpareServers ${least + 1}\``);
  }
  if (model === undefined || model === null) return found;
  const threadLimit = number("threadlimit") ?? DEFAULTS.threadLimit;
  const written = number("threadsperchild");
  const threads = model === "prefork" ? 1 : Math.min(written ?? DEFAULTS.threadsPerChild, threadLimit);
  if (model === "threads") {
    const [few, many] = [number("minsparethreads"), number("maxsparethreads")];
    if (few !== null && many !== null && many < few + threads) {
      const why = `is less than MinSpareThreads ${few} and the ${threads} threads of one process`;
      correct("maxsparethreads", "minsparethreads", few + threads, why, "write at least as many as both together");
    }
    if (written !== null && written > threadLimit) {
      const why = `is more than ${or("threadlimit", `the usual ThreadLimit of ${threadLimit}`)}`;
      correct("threadsperchild", "threadlimit", threadLimit, why, `write \`ThreadLimit ${written}\` before it`);
    }
  }
  const workers = settings.has("maxrequestworkers") ? "maxrequestworkers" : "maxclients";
  const wanted = number(workers);
  const processes = number("serverlimit") ?? (model === "prefork" ? DEFAULTS.prefork : DEFAULTS.processes);
  const possible = processes * threads;
  if (wanted !== null && possible > 0 && wanted > possible) {
    const limit = or("serverlimit", `the usual limit of ${processes} processes`);
    const why = `is more than ${limit}${model === "threads" ? ` with ${threads} threads each` : ""}`;
    const help =
      dialect === "1.3"
        ? "a higher HARD_SERVER_LIMIT has to be compiled in"
        : `write \`ServerLimit ${Math.ceil(wanted / threads)}\` before it`;
    correct(workers, "serverlimit", possible, why, help);
  }
  return found;
}

/** httpd corrects numbers that do not fit together when it starts, at best with a line in the error log. */
export const workerLimits = defineRule({
  id: "worker-limits",
  summary: "The numbers of processes and threads fit together",
  category: "performance",
  severity: "warning",
  fixable: "no",
  dialects,
  create: ({ config, report }) => {
    /** The conditional for a multi-processing module that a line stands in, and what is open where lines are visited. */
    const blocks = new Map<Line, OpenTag>();
    const models = new Map<OpenTag, Model>();
    let block: OpenTag | null = null;
    let depth = 0;
    let loaded: Model = config.dialect === "1.3" ? "prefork" : undefined;
    const settings: ActiveDirective[] = [];
    return {
      reading() {
        block = null;
      },
      line(line, _index, { tree }) {
        if (line.kind === "directive") {
          if (block !== null && NAMES.has(line.name.toLowerCase())) blocks.set(line, block);
        } else if (line.kind === "open" && /^ifmodule$/i.test(line.name)) {
          const model = block === null ? modelOf(argsWords(tree, line)[0]?.value ?? "") : undefined;
          if (block !== null) depth++;
          else if (model !== undefined) {
            block = line;
            depth = 1;
            models.set(line, model);
          }
        } else if (line.kind === "close" && /^ifmodule$/i.test(line.name) && block !== null) {
          depth--;
          if (depth === 0) block = null;
        }
      },
      directives: ["loadmodule", ...NAMES],
      directive(directive) {
        if (directive.spec === null) return;
        if (directive.key === "loadmodule") loaded = modelOf(firstWord(directive)) ?? loaded;
        if (NAMES.has(directive.key) && directive.parent === config.server) settings.push(directive);
      },
      end() {
        const reported = new Set<ActiveDirective>();
        const check = (chosen: readonly ActiveDirective[], model: Model): void => {
          for (const { setting, because, message, help } of corrections(
            new Map(chosen.map((one) => [one.key, one])),
            model,
            config.dialect,
          )) {
            if (reported.has(setting)) continue;
            reported.add(setting);
            const finding: Finding = { ...wordOnly(setting, setting.words[0]), message, help };
            report(
              because === undefined
                ? finding
                : { ...finding, related: [{ origin: because.origin, message: "does not fit" }] },
            );
          }
        };
        // One module is at work: what is active is for it. Else each block is read with what stands outside of all.
        if (loaded !== undefined || blocks.size === 0) {
          check(settings, loaded);
          return;
        }
        const last = new Map<string, ActiveDirective>();
        const inside = new Map<OpenTag, ActiveDirective[]>();
        for (const setting of settings) {
          const opener = blocks.get(setting.origin.line);
          const list = opener === undefined ? undefined : inside.get(opener);
          if (opener === undefined) last.set(setting.key, setting);
          else if (list === undefined) inside.set(opener, [setting]);
          else list.push(setting);
        }
        for (const [opener, list] of inside) check([...last.values(), ...list], models.get(opener));
      },
    };
  },
});
