import type { Rule } from "../rule.ts";
import { acceptMissesNetwork } from "./accept-misses-network.ts";
import { accessWithoutEffect } from "./access-without-effect.ts";
import { argumentCount } from "./argument-count.ts";
import { argumentValue } from "./argument-value.ts";
import { authWithoutRequire } from "./auth-without-require.ts";
import { backhandModuleOrder } from "./backhand-module-order.ts";
import { backhandNoAge } from "./backhand-no-age.ts";
import { backhandNoSortAfterWindow } from "./backhand-no-sort-after-window.ts";
import { backhandNoStats } from "./backhand-no-stats.ts";
import { backhandSelfRedirect } from "./backhand-self-redirect.ts";
import { backhandSetting } from "./backhand-setting.ts";
import { backhandShuffleLast } from "./backhand-shuffle-last.ts";
import { backhandSortBeforeShuffle } from "./backhand-sort-before-shuffle.ts";
import { backhandWindowWithoutShuffle } from "./backhand-window-without-shuffle.ts";
import { badConditional } from "./bad-conditional.ts";
import { badDefine } from "./bad-define.ts";
import { badInclude } from "./bad-include.ts";
import { badMacro } from "./bad-macro.ts";
import { broadcastStats } from "./broadcast-stats.ts";
import { candidacyArgument } from "./candidacy-argument.ts";
import { cgiSourceServed } from "./cgi-source-served.ts";
import { changedDirective } from "./changed-directive.ts";
import { conditionalBeforeModule } from "./conditional-before-module.ts";
import { contradictoryConditionals } from "./contradictory-conditionals.ts";
import { crossedSections } from "./crossed-sections.ts";
import { deadBranch } from "./dead-branch.ts";
import { defaultHostOverlap } from "./default-host-overlap.ts";
import { directiveBeforeModule } from "./directive-before-module.ts";
import { directoryListing } from "./directory-listing.ts";
import { duplicateListen } from "./duplicate-listen.ts";
import { filePathInLocation } from "./file-path-in-location.ts";
import { gluedDirectives } from "./glued-directives.ts";
import { hostnameLookups } from "./hostname-lookups.ts";
import { htFilesOpen } from "./ht-files-open.ts";
import { includeCycle } from "./include-cycle.ts";
import { keepAliveOff } from "./keep-alive-off.ts";
import { limitLeavesMethods } from "./limit-leaves-methods.ts";
import { lineEndComment } from "./line-end-comment.ts";
import { locationGuardsFile } from "./location-guards-file.ts";
import { locationSlashGap } from "./location-slash-gap.ts";
import { locationWildcard } from "./location-wildcard.ts";
import { longTimeout } from "./long-timeout.ts";
import { lostLine } from "./lost-line.ts";
import { malformedTag } from "./malformed-tag.ts";
import { misplacedSection } from "./misplaced-section.ts";
import { missingFile } from "./missing-file.ts";
import { missingInclude } from "./missing-include.ts";
import { mixedAccessControl } from "./mixed-access-control.ts";
import { moduleList } from "./module-list.ts";
import { nameVirtualHostMissing } from "./name-virtual-host-missing.ts";
import { nameVirtualHostUnused } from "./name-virtual-host-unused.ts";
import { openProxy } from "./open-proxy.ts";
import { optionsMixedSigns } from "./options-mixed-signs.ts";
import { overlongLine } from "./overlong-line.ts";
import { overriddenDirective } from "./overridden-directive.ts";
import { overrideEverywhere } from "./override-everywhere.ts";
import { passwordFileServed } from "./password-file-served.ts";
import { redirectLoop } from "./redirect-loop.ts";
import { relativeDirectorySection } from "./relative-directory-section.ts";
import { removedDirective } from "./removed-directive.ts";
import { rewriteWithoutEngine } from "./rewrite-without-engine.ts";
import { rootDirectoryOpen } from "./root-directory-open.ts";
import { runAsRoot } from "./run-as-root.ts";
import { satisfyAnyOpen } from "./satisfy-any-open.ts";
import { sectionNeverMatches } from "./section-never-matches.ts";
import { serverNameMissing } from "./server-name-missing.ts";
import { serverPageOpen } from "./server-page-open.ts";
import { serverTokens } from "./server-tokens.ts";
import { shadowedMapping } from "./shadowed-mapping.ts";
import { slashMismatch } from "./slash-mismatch.ts";
import { sslCertificateMissing } from "./ssl-certificate-missing.ts";
import { sslEngineMissing } from "./ssl-engine-missing.ts";
import { sslOldProtocol } from "./ssl-old-protocol.ts";
import { sslWeakCipher } from "./ssl-weak-cipher.ts";
import { statsAddress } from "./stats-address.ts";
import { statsGroupScope } from "./stats-group-scope.ts";
import { statsHostName } from "./stats-host-name.ts";
import { statsTtl } from "./stats-ttl.ts";
import { statsWithoutAccept } from "./stats-without-accept.ts";
import { statusPageBalanced } from "./status-page-balanced.ts";
import { statusPageOpen } from "./status-page-open.ts";
import { suppressionComment } from "./suppression-comment.ts";
import { symlinkChecks } from "./symlink-checks.ts";
import { templateFile } from "./template-file.ts";
import { traceEnabled } from "./trace-enabled.ts";
import { unanchoredPattern } from "./unanchored-pattern.ts";
import { unclosedSection } from "./unclosed-section.ts";
import { undefinedVariable } from "./undefined-variable.ts";
import { unixSocketDir } from "./unix-socket-dir.ts";
import { unknownCandidacyFunction } from "./unknown-candidacy-function.ts";
import { unknownDirective } from "./unknown-directive.ts";
import { unknownLogFormat } from "./unknown-log-format.ts";
import { unknownModuleName } from "./unknown-module-name.ts";
import { unmatchedClose } from "./unmatched-close.ts";
import { unreachableVirtualHost } from "./unreachable-virtual-host.ts";
import { unreadableFile } from "./unreadable-file.ts";
import { unterminatedQuote } from "./unterminated-quote.ts";
import { uselessInSection } from "./useless-in-section.ts";
import { userDirRoot } from "./user-dir-root.ts";
import { virtualHostNotListened } from "./virtual-host-not-listened.ts";
import { wikiMarkup } from "./wiki-markup.ts";
import { workerLimits } from "./worker-limits.ts";
import { wrongContext } from "./wrong-context.ts";

/** Every rule, in the order of their ids: in this order findings of one place come out. */
export const rules: readonly Rule[] = [
  acceptMissesNetwork,
  accessWithoutEffect,
  argumentCount,
  argumentValue,
  authWithoutRequire,
  backhandModuleOrder,
  backhandNoAge,
  backhandNoSortAfterWindow,
  backhandNoStats,
  backhandSelfRedirect,
  backhandSetting,
  backhandShuffleLast,
  backhandSortBeforeShuffle,
  backhandWindowWithoutShuffle,
  badConditional,
  badDefine,
  badInclude,
  badMacro,
  broadcastStats,
  candidacyArgument,
  cgiSourceServed,
  changedDirective,
  conditionalBeforeModule,
  contradictoryConditionals,
  crossedSections,
  deadBranch,
  defaultHostOverlap,
  directiveBeforeModule,
  directoryListing,
  duplicateListen,
  filePathInLocation,
  gluedDirectives,
  hostnameLookups,
  htFilesOpen,
  includeCycle,
  keepAliveOff,
  limitLeavesMethods,
  lineEndComment,
  locationGuardsFile,
  locationSlashGap,
  locationWildcard,
  longTimeout,
  lostLine,
  malformedTag,
  misplacedSection,
  missingFile,
  missingInclude,
  mixedAccessControl,
  moduleList,
  nameVirtualHostMissing,
  nameVirtualHostUnused,
  openProxy,
  optionsMixedSigns,
  overlongLine,
  overriddenDirective,
  overrideEverywhere,
  passwordFileServed,
  redirectLoop,
  relativeDirectorySection,
  removedDirective,
  rewriteWithoutEngine,
  rootDirectoryOpen,
  runAsRoot,
  satisfyAnyOpen,
  sectionNeverMatches,
  serverNameMissing,
  serverPageOpen,
  serverTokens,
  shadowedMapping,
  slashMismatch,
  sslCertificateMissing,
  sslEngineMissing,
  sslOldProtocol,
  sslWeakCipher,
  statsAddress,
  statsGroupScope,
  statsHostName,
  statsTtl,
  statsWithoutAccept,
  statusPageBalanced,
  statusPageOpen,
  suppressionComment,
  symlinkChecks,
  templateFile,
  traceEnabled,
  unanchoredPattern,
  unclosedSection,
  undefinedVariable,
  unixSocketDir,
  unknownCandidacyFunction,
  unknownDirective,
  unknownLogFormat,
  unknownModuleName,
  unmatchedClose,
  unreachableVirtualHost,
  unreadableFile,
  unterminatedQuote,
  uselessInSection,
  userDirRoot,
  virtualHostNotListened,
  wikiMarkup,
  workerLimits,
  wrongContext,
];
