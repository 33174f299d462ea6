import type { Rule } from "../rule.ts";
import { acceptMissesNetwork } from "./accept-misses-network.ts";
import { argumentCount } from "./argument-count.ts";
import { argumentValue } from "./argument-value.ts";
import { backhandModuleOrder } from "./backhand-module-order.ts";
import { backhandNoAge } from "./backhand-no-age.ts";
import { backhandNoSortAfterWindow } from "./backhand-no-sort-after-window.ts";
import { backhandNoStats } from "./backhand-no-stats.ts";
import { backhandSelfRedirect } from "./backhand-self-redirect.ts";
import { backhandShuffleLast } from "./backhand-shuffle-last.ts";
import { backhandSortBeforeShuffle } from "./backhand-sort-before-shuffle.ts";
import { backhandWindowWithoutShuffle } from "./backhand-window-without-shuffle.ts";
import { badConditional } from "./bad-conditional.ts";
import { badDefine } from "./bad-define.ts";
import { badInclude } from "./bad-include.ts";
import { badMacro } from "./bad-macro.ts";
import { broadcastStats } from "./broadcast-stats.ts";
import { candidacyArgument } from "./candidacy-argument.ts";
import { crossedSections } from "./crossed-sections.ts";
import { duplicateListen } from "./duplicate-listen.ts";
import { gluedDirectives } from "./glued-directives.ts";
import { includeCycle } from "./include-cycle.ts";
import { keepAliveOff } from "./keep-alive-off.ts";
import { lineEndComment } from "./line-end-comment.ts";
import { locationWildcard } from "./location-wildcard.ts";
import { lostLine } from "./lost-line.ts";
import { malformedTag } from "./malformed-tag.ts";
import { misplacedSection } from "./misplaced-section.ts";
import { missingInclude } from "./missing-include.ts";
import { moduleList } from "./module-list.ts";
import { nameVirtualHostMissing } from "./name-virtual-host-missing.ts";
import { nameVirtualHostUnused } from "./name-virtual-host-unused.ts";
import { optionsMixedSigns } from "./options-mixed-signs.ts";
import { overlongLine } from "./overlong-line.ts";
import { overriddenDirective } from "./overridden-directive.ts";
import { relativeDirectorySection } from "./relative-directory-section.ts";
import { shadowedMapping } from "./shadowed-mapping.ts";
import { slashMismatch } from "./slash-mismatch.ts";
import { statsAddress } from "./stats-address.ts";
import { statsGroupScope } from "./stats-group-scope.ts";
import { statsHostName } from "./stats-host-name.ts";
import { statsTtl } from "./stats-ttl.ts";
import { statsWithoutAccept } from "./stats-without-accept.ts";
import { statusPageBalanced } from "./status-page-balanced.ts";
import { statusPageOpen } from "./status-page-open.ts";
import { suppressionComment } from "./suppression-comment.ts";
import { templateFile } from "./template-file.ts";
import { unclosedSection } from "./unclosed-section.ts";
import { undefinedVariable } from "./undefined-variable.ts";
import { unixSocketDir } from "./unix-socket-dir.ts";
import { unknownCandidacyFunction } from "./unknown-candidacy-function.ts";
import { unknownDirective } from "./unknown-directive.ts";
import { unmatchedClose } from "./unmatched-close.ts";
import { unreachableVirtualHost } from "./unreachable-virtual-host.ts";
import { unreadableFile } from "./unreadable-file.ts";
import { unterminatedQuote } from "./unterminated-quote.ts";
import { virtualHostNotListened } from "./virtual-host-not-listened.ts";
import { wikiMarkup } from "./wiki-markup.ts";
import { wrongContext } from "./wrong-context.ts";

/** Every rule, in the order of their ids: in this order findings of one place come out. */
export const rules: readonly Rule[] = [
  acceptMissesNetwork,
  argumentCount,
  argumentValue,
  backhandModuleOrder,
  backhandNoAge,
  backhandNoSortAfterWindow,
  backhandNoStats,
  backhandSelfRedirect,
  backhandShuffleLast,
  backhandSortBeforeShuffle,
  backhandWindowWithoutShuffle,
  badConditional,
  badDefine,
  badInclude,
  badMacro,
  broadcastStats,
  candidacyArgument,
  crossedSections,
  duplicateListen,
  gluedDirectives,
  includeCycle,
  keepAliveOff,
  lineEndComment,
  locationWildcard,
  lostLine,
  malformedTag,
  misplacedSection,
  missingInclude,
  moduleList,
  nameVirtualHostMissing,
  nameVirtualHostUnused,
  optionsMixedSigns,
  overlongLine,
  overriddenDirective,
  relativeDirectorySection,
  shadowedMapping,
  slashMismatch,
  statsAddress,
  statsGroupScope,
  statsHostName,
  statsTtl,
  statsWithoutAccept,
  statusPageBalanced,
  statusPageOpen,
  suppressionComment,
  templateFile,
  unclosedSection,
  undefinedVariable,
  unixSocketDir,
  unknownCandidacyFunction,
  unknownDirective,
  unmatchedClose,
  unreachableVirtualHost,
  unreadableFile,
  unterminatedQuote,
  virtualHostNotListened,
  wikiMarkup,
  wrongContext,
];
