import type { ActiveDirective } from "./active-config.ts";
import { report, type ReadState } from "./reading-state.ts";

/** Runs LoadModule, AddModule and ClearModuleList, which change what the following lines mean. False for other directives. */
export function runModuleLine(state: ReadState, directive: ActiveDirective): boolean {
  switch (directive.key) {
    case "loadmodule":
      loadModule(state, directive);
      return true;
    case "addmodule":
      for (const word of directive.words) addModule(state, directive, word);
      return true;
    case "clearmodulelist":
      if (directive.words.length === 0) state.modules.clear();
      state.version += 1;
      return true;
    default:
      return false;
  }
}

function loadModule(state: ReadState, directive: ActiveDirective): void {
  const [identifier, file] = directive.words;
  if (identifier === undefined || file === undefined || directive.words.length > 2) return;
  state.version += 1;
  if (state.modules.load(identifier.value, file.value, directive.origin)) return;
  const message = `Module ${identifier.value} is already loaded; httpd skips this line`;
  report(state, "module-list", false, directive.origin, message, {
    span: { start: identifier.start, end: identifier.end },
  });
}

function addModule(state: ReadState, directive: ActiveDirective, word: ActiveDirective["words"][number]): void {
  state.version += 1;
  const span = { start: word.start, end: word.end };
  switch (state.modules.add(word.value, directive.origin)) {
    case "added":
      return;
    case "already": {
      const message = `Module ${word.value} is already active; httpd skips it with a warning`;
      report(state, "module-list", false, directive.origin, message, { span });
      return;
    }
    case "unknown": {
      const message = `Cannot add module ${word.value}: it is neither built in nor loaded`;
      const help = "AddModule takes the name of a module's source file; load the module with LoadModule first";
      report(state, "module-list", true, directive.origin, message, { span, help });
      return;
    }
  }
}
