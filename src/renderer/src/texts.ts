/** Every word of the window stands here, so that it can be translated in one place. Functions take what varies. */
const number = new Intl.NumberFormat()

export const texts = {
  application: 'Guestbridge',
  screens: {
    overview: 'Overview', guests: 'Guests', changes: 'Changes', metaverse: 'Metaverse', preview: 'Preview', delegation: 'Delegation', runs: 'Runs', rules: 'Rules', readiness: 'Readiness', audit: 'Audit', settings: 'Settings',
  },
  lab: (domain: string) => `LAB · ${domain} · nothing here is real`,
  goTo: 'Go to…',
  navigation: 'Screens',
  activity: {
    label: 'What runs now',
    idle: 'Nothing runs.',
    cancel: 'Cancel',
    cancelling: 'Being cancelled…',
    of: (done: number, total: number) => `${number.format(done)} of ${number.format(total)}`,
    count: (done: number) => number.format(done),
  },
  service: {
    opening: 'Opening the workspace…',
    refused: 'Guestbridge cannot be opened here',
  },
  problem: { remedy: 'What to do', details: 'Details', copy: 'Copy details', copied: 'Copied' },
  list: {
    empty: 'Nothing is here.', loading: 'Loading…', rows: (count: number) => `${number.format(count)} rows`, back: 'Back to the list', splitter: 'Width of the list', choose: 'Choose a row to see it here.',
  },
  facets: {
    label: 'Narrow down', clear: 'Clear', nothing: 'no row to narrow down by',
    names: { kind: 'Kind', company: 'Company', attribute: 'Attribute', rule: 'Rule', reason: 'Reason', state: 'State', connectors: 'Found in', action: 'Action', actor: 'Who', step: 'Step', status: 'Result' } as Readonly<Record<string, string>>,
    values: {
      update: 'change', guestWithoutAccount: 'guest without account', accountAdopted: 'account found', attributesDiffer: 'attributes differ', nameDiffers: 'name differs', guestLeft: 'guest left',
      guestReturned: 'guest returned', graceIsOver: 'grace is over', accountRestored: 'account restored', undone: 'undone', hasAccount: 'has account', willGetAccount: 'will get one', willChange: 'will change',
      outOfScope: 'out of scope', pendingInvitation: 'pending invitation', notSynchronized: 'not synchronised', entra: 'Entra', ad: 'Active Directory', none: 'neither', blocked: 'blocked', conflict: 'conflict', problem: 'problem',
      fullImport: 'full import', deltaImport: 'delta import', proveAbsence: 'proof of absence', fullSync: 'full synchronisation', deltaSync: 'delta synchronisation', delegationExport: 'change of delegation', completedWithErrors: 'with errors', completedWithDrift: 'with drift',
      planApproved: 'plan approved', exportEnded: 'export ended', smallerSourceAccepted: 'smaller source accepted', personExcluded: 'person excluded', holdReleased: 'hold released', joinDecided: 'join decided', decisionForgotten: 'decision forgotten', personPurged: 'person purged', rulesSaved: 'rules saved', settingsSaved: 'settings saved', delegationApproved: 'delegation approved', delegationWritten: 'delegation written', connectionSaved: 'connection saved', remedyApproved: 'remedy approved', remedyApplied: 'remedy applied', signOnProved: 'sign-on proved', standingApprovalGiven: 'standing approval given', standingApprovalWithdrawn: 'standing approval withdrawn', scheduleInstalled: 'schedule installed', scheduleRemoved: 'schedule removed', secretKept: 'secret kept', secretRemoved: 'secret removed', guestInvited: 'guest invited', listInvited: 'list invited', listInvitationEnded: 'invitation of the list ended', redemptionReset: 'redemption reset', redemptionResetEnded: 'reset of a redemption ended', trailMended: 'half a line set aside', guestBlocked: 'guest blocked', guestUnblocked: 'guest unblocked', unreadable: 'unreadable line',
    } as Readonly<Record<string, string>>,
  },
  changes: {
    title: 'Changes to Active Directory',
    about: (run: number, at: string) => `planned ${formatAgo(at, Date.now())} by run ${run}`,
    search: 'Search in names, companies and reasons',
    empty: 'Nothing waits for approval. Run the cycle on Overview to look for changes.',
    detail: 'The selected change', differences: 'Differences', attribute: 'Attribute', inDirectory: 'In the directory', willBe: 'Will be',
    goneMeanwhile: 'This change is no longer pending: it was written, or a later synchronisation does not want it any more.',
    because: (reason: string, rule: string) => `Because ${reason} (rule ${rule}).`, why: 'Why?',
    from: (source: string, connector: string | null) => (connector === null ? `from ${source}` : `${connector === 'entra' ? 'Entra' : 'Active Directory'}, ${source}`),
    generated: 'generated at the export', unchanged: (count: number) => `${number.format(count)} unchanged`, attributes: (count: number) => (count === 1 ? '1 attribute' : `${number.format(count)} attributes`),
    undo: (what: string) => `undo: ${what}`,
    sid: { kept: '✓ same account, same SID: access is kept', new: 'new account, new SID', lost: 'the SID is lost, and access with it' },
    exclude: 'Exclude…', excludeTitle: (who: string) => `Leave ${who} as it is`, excludeNote: 'Why? The note is shown in every plan until the exclusion is released.',
    nothing: 'Nothing to change: the directory is as the rules want it.', sentence: (parts: string, total: number) => `${parts}: ${number.format(total)} ${total === 1 ? 'change' : 'changes'}.`,
    hash: (hash: string) => `plan ${hash}`,
    groups: { disableAndDelete: 'Disable and delete', renameMoveAndUserPrincipalName: 'Rename, move and UPN', updateAdoptAndEnable: 'Change, adopt and enable', create: 'Create', delegation: 'Delegation' },
    share: (group: string, planned: number, limit: number) => `${group}  ${number.format(planned)} of ${number.format(limit)}`,
    blocked: (group: string, { planned, limit, unit, managedAccounts }: { planned: number; limit: number; unit: string; managedAccounts: number }) => (unit === 'count'
      ? `${group}: ${number.format(planned)} in this plan and the last 24 hours, the limit is ${number.format(limit)}.`
      : `${group}: ${number.format(planned)} are more than ${limit} % of ${number.format(managedAccounts)} managed accounts.`),
    lift: (group: string, { planned }: { planned: number }) => `Lift the limit for “${group}” (${number.format(planned)}) for this plan`, liftNote: 'Why the limit is lifted (kept in the audit trail)',
    approve: (count: string) => `Approve ${count} changes…`, approveTitle: 'Write these changes to Active Directory?', notNow: 'Not now', write: 'Approve and write',
    blockedTitle: 'Nothing was written', confirmed: (confirmed: number, of: number) => `Confirmed ${number.format(confirmed)} of ${number.format(of)} by reading again`,
    timesCause: (count: number) => `${number.format(count)} times, for example:`, seeRun: 'See the run', close: 'Close',
  },
  guests: {
    search: 'Search in names, companies and addresses', detail: 'The selected guest', columns: 'Columns', export: 'Export CSV', exporting: 'Exporting…', exported: (count: number) => `${number.format(count)} guests exported.`,
    file: 'guests.csv', about: (shown: number) => (shown === 1 ? '1 guest' : `${number.format(shown)} guests`),
    column: { displayName: 'Guest', state: 'State', company: 'Company', why: 'Why', userPrincipalName: 'User principal name', mail: 'Mail', account: 'Account' },
    states: { hasAccount: 'has account', willGetAccount: 'will get one', willChange: 'will change', outOfScope: 'out of scope', blocked: 'blocked', pendingInvitation: 'pending invitation', conflict: 'conflict', problem: 'problem', notSynchronized: 'not synchronised' },
    noName: '(no display name)', preview: 'Preview', seeChange: 'See the change', seePerson: 'Open in the metaverse', noAccount: 'no account', id: 'Entra id', accountName: 'Account name',
    because: (why: string) => `${why.charAt(0).toUpperCase()}${why.slice(1)}.`, pending: 'Pending change', actions: 'Where to go from here',
    empty: 'No guests yet. The cycle reads them from Entra and decides about each.', runCycle: 'Run the cycle', nobody: 'No guest matches what you search for.', clear: 'Show all guests', loading: 'Reading the guests…',
  },
  table: {
    sortBy: (column: string) => `Sort by ${column}`, noValue: 'no value',
  },
  metaverse: {
    search: 'Search in every attribute', tabs: { persons: 'Persons', left: 'Without a person' }, tabsLabel: 'What is listed', attribute: 'Attribute', operator: 'Condition', value: 'Value', add: 'Add condition', conditions: 'Conditions', remove: (clause: string) => `Remove the condition ${clause}`,
    operators: { equals: 'equals', startsWith: 'starts with', contains: 'contains', isPresent: 'has a value', isMissing: 'has no value' },
    found: (count: number, hasMore: boolean) => `${number.format(count)}${hasMore ? ' or more' : ''} found`, sortTitle: 'Sort', connectors: { entra: 'Entra', ad: 'Active Directory' },
    empty: 'The metaverse is empty. The cycle reads both systems and joins guests to accounts.', nobody: 'Nobody has what you search for.', clear: 'Show everybody', noneLeft: 'Every object of both systems belongs to a person.',
    object: 'The selected object', person: 'Person in the metaverse', values: 'Attributes of the person', contributor: 'Contributed by', lost: 'Lost', rule: (rule: string, source: string) => `rule ${rule}, ${source}`,
    losers: { lowerPrecedence: 'lower precedence', null: 'contributed no value', initialOnly: 'counts only at the first time' }, merged: (connector: string, rule: string) => `merged with ${connector}, rule ${rule}`,
    inEntra: 'Guest in Entra', inDirectory: 'Account in Active Directory', noGuest: 'There is no guest in Entra.', noAccount: 'There is no account in Active Directory.', noPerson: 'This object has no person in the metaverse.',
    origin: {
      projected: (rule: string) => `Projected by rule ${rule}.`, joined: (rule: string, criterion: string, value: string) => `Joined by ${criterion} “${value}” (rule ${rule}).`, provisioned: (rule: string) => `Made by Guestbridge (rule ${rule}).`,
    },
    moreAttributes: (count: number) => `${number.format(count)} more`, fewerAttributes: 'Fewer', pending: 'Pending change', nothingPending: 'No change is pending.', noChangeBecause: (why: string) => `No change: ${why}.`, preview: 'Preview', guest: 'See in Guests', change: 'See in Changes',
    decisions: 'Decisions', decided: (what: string, by: string, ago: string) => `${what} by ${by}, ${ago}`, decidedKinds: { join: 'Joined to a person', disconnect: 'Taken off its person', leaveAlone: 'Left alone' }, forget: 'Forget this decision', nextRun: 'Decided. The next synchronisation carries it out.',
    join: 'Join to a person…', joinTitle: (account: string) => `Join ${account} to a person`, choosePerson: 'Person', choosePersonHint: 'Type a name, an address or a company', noPersonFound: 'Nobody in the metaverse matches.', joinDo: 'Join',
    disconnect: 'Disconnect…', disconnectTitle: (account: string) => `Take ${account} off its person`, disconnectDo: 'Disconnect', disconnectWhat: 'The account keeps everything it has and is never joined to this person again. Nothing is written to Active Directory.',
    leaveAlone: 'Leave alone…', leaveAloneTitle: (account: string) => `Leave ${account} alone`, leaveAloneDo: 'Leave alone', leaveAloneWhat: 'The account is never joined nor written by Guestbridge until this decision is forgotten.',
    joinWhat: 'The join criteria are not asked. The next synchronisation carries the join out and plans what the rules want for the account.', note: 'Why? Kept with the decision and in the audit trail.', notNow: 'Not now',
  },
  palette: {
    title: 'Go to a screen, guest, account or command', placeholder: 'Type a screen, a guest, an account or a command', results: 'Results', none: 'Nothing matches.', searching: 'Searching…', hint: '↑ ↓ choose · Enter go · Esc close', count: (count: number) => (count === 1 ? '1 result' : `${number.format(count)} results`),
    groups: { screens: 'Screens', commands: 'Commands', guests: 'Guests', persons: 'Accounts and persons' }, open: 'Search and commands', keys: 'Keys of this screen',
    commands: {
      cycle: 'Run the cycle', deltaCycle: 'Run the delta cycle', review: 'Review and approve the changes', invite: 'Invite a guest', inviteList: 'Invite a list of guests', connect: 'Connect a tenant and a domain', cancel: 'Cancel what runs', keys: 'Show the keys of this screen', light: 'Light appearance', dark: 'Dark appearance', contrast: 'High contrast appearance', system: 'Appearance as the system has it', comfortable: 'Comfortable rows', compact: 'Compact rows',
      previewOf: (text: string) => `Preview “${text}”`,
    },
  },
  status: { ready: 'Service ready', working: 'Service working', ended: 'Service ended', opening: 'Service starts' },
  keys: {
    title: (screen: string) => `Keys of ${screen}`, everywhere: 'Everywhere', here: 'On this screen', key: 'Key', does: 'What it does', close: 'Close',
    does_: {
      palette: 'go to a screen, guest, account or command', keys: 'show this list', search: 'to the search of the screen', list: 'to the list of the screen', parts: 'to the next part of the screen', leave: 'leave a dialog or menu', next: 'next row', previous: 'previous row', page: 'a page down or up', ends: 'first or last row', preview: 'preview of the selected row', detail: 'open the detail of the selected row', sort: 'on a column header: sort by it', exclude: 'leave the selected objects as they are', mark: 'select the row, or not', unmark: 'clear the selection', unchanged: 'show what stays unchanged, or fold it', open: 'open the detail where it is a page of its own', splitter: 'on the divider: width of the list', addCondition: 'in the value of a condition: add it',
    },
  },
  approval: { lift: 'Lift the limit for this plan', liftable: 'Approve again to lift the limit with a note.' },
  evidence: { name: 'Name', value: 'Value', noValue: 'no value' },
  problems: { cause: (cause: string, count: number) => `${cause.charAt(0).toUpperCase()}${cause.slice(1)}: ${count === 1 ? '1 object' : `${number.format(count)} objects`}`, see: 'See why', more: (count: number) => `${number.format(count)} more` },
  preview: {
    about: 'Why one person gets what it gets', search: 'Name, mail, user principal name, account name, Entra id or DN', exactly: 'Preview exactly this', guests: 'Guests', of: (who: string) => `Preview of ${who}`, another: 'Choose another',
    noMatch: 'No guest matches. An account without guest is found by its exact account name, user principal name or DN: press Enter.', nobody: 'There are no guests here yet. A run of the cycle reads them from Entra.', toRuns: 'Go to Runs',
    reading: 'Telling the story and asking the directory…', story: 'The story', states: { done: 'done', stopped: 'stopped here', failed: 'needs somebody' }, marks: { holds: 'yes', fails: 'no' },
    planned: (kind: string) => `${kind} is planned`, because: (reason: string, rule: string) => `because ${reason} (rule ${rule}).`, nothing: 'Nothing is planned.', needsSomebody: 'Somebody has to look at this.',
    notPlannedYet: 'The rules want a change that is not in the plan yet.', runAgain: 'Run the cycle: it makes the change part of the plan, where it can be approved.',
    provision: 'Provision this one…', provisionTitle: 'Write this one change to Active Directory?', words: (kind: string, who: string | null, dn: string, reason: string) => `${kind.charAt(0).toUpperCase()}${kind.slice(1)} ${who === null ? dn : `${who}, ${dn}`}, because ${reason}.`,
    onlyThis: 'Nothing else of the plan is written. The account is read again right before and right after.',
    change: 'The change', noChange: 'Nothing would be written for this object.', checks: 'Looked up in the directory just now', checkStates: { passed: 'passed', failed: 'failed', notChecked: 'not checked' },
    ldif: 'As LDIF', copyLdif: 'Copy LDIF', copyRefused: 'The clipboard is not available: open the LDIF and copy it there.', flowsIn: 'Attributes into the metaverse', flowsOut: 'Attributes for Active Directory', metaverse: 'Attributes of the person',
    columns: { attribute: 'Attribute', value: 'Value', source: 'From', outcome: 'Result', winner: 'Contributed by' }, from: (system: string, source: string) => `${system}, ${source}`, lost: (system: string, why: string) => `${system} lost (${why}):`,
    outcomes: { applied: '✓ applied', unchanged: '= unchanged', initialOnly: 'only when created', null: 'no value', lost: 'lost to another rule', notInScope: 'rule not in scope', failed: '✗ failed' },
  },
  runs: {
    about: (count: number) => (count === 1 ? '1 run' : `${number.format(count)} runs`), newest: (count: number) => `the newest ${number.format(count)} runs`, start: 'Run the cycle', startOther: 'Start a profile', profiles: 'One profile', cycles: 'A whole cycle',
    empty: 'Nothing has run yet. The cycle reads both systems, decides about every guest and ends at a plan; it writes nothing to the directory.', noMatch: 'No run is of this kind.', detail: 'The selected run', number: (id: number) => `Run ${id}`,
    cycle: 'Full cycle', deltaCycle: 'Delta cycle', live: (run: number, what: string, done: string) => `Run ${run} is running: ${what}, ${done}`, liveCount: (done: number, total: number | null) => (total === null ? number.format(done) : `${number.format(done)} of ${number.format(total)}`),
    steps: { fullImport: 'full import', deltaImport: 'delta import', proveAbsence: 'proof of absence', fullSync: 'full synchronisation', deltaSync: 'delta synchronisation', export: 'export', delegationExport: 'change of delegation' },
    statuses: { running: 'running', succeeded: 'succeeded', completedWithErrors: 'with errors', completedWithDrift: 'with drift', stopped: 'stopped', failed: 'failed', interrupted: 'interrupted' },
    statusSentences: {
      running: 'Still running; the strip below shows how far, and stops it.', succeeded: 'Went to its end without a problem.', completedWithErrors: 'Went to its end; single objects had problems.', completedWithDrift: 'Went to its end; some objects had changed since the plan and were not written.',
      stopped: 'Was stopped before its end.', failed: 'Ended early because of the problem below.', interrupted: 'Guestbridge ended while it ran. The next run goes on from what is known.',
    },
    started: 'Started', duration: 'Duration', took: (duration: string) => `took ${duration}`, status: 'Result', step: 'Step', counters: 'Counters', noCounters: 'Nothing was counted: the run found nothing to do.', problems: (count: number) => `Problems (${number.format(count)})`, problemsFirst: (count: number) => `Only the first ${number.format(count)} problems are shown.`,
    groups: { staging: 'Staging', synchronization: 'Synchronisation', provisioning: 'Outbound', export: 'Export' }, openCounter: (counter: string, count: number) => `${counter}, ${number.format(count)}: show the objects`,
    objects: (counter: string) => `Objects behind “${counter}”`, backToRun: 'Back to the run', objectsEmpty: 'The workspace keeps the number but no list of objects behind this counter.', attributes: (who: string) => `${who} as it was when the run had ended`, notKept: 'This version is no longer kept: retention has dropped it, or the object was gone.', preview: 'Preview as it is now', attribute: 'Attribute', value: 'Value', noName: '(no name)',
    undo: 'Undo', undoAbout: 'What this export wrote can be taken back as a plan of its own. Nothing is written before you approve it.', undoShow: 'Show what an undo would do', undoHide: 'Hide the undo', undoCreated: 'Accounts that this run created are', created: { disabled: 'disabled: they keep their SID and can come back', deleted: 'deleted: their SID is lost' },
    undoWords: (parts: string, total: number, run: number) => `${parts}: ${number.format(total)} ${total === 1 ? 'change' : 'changes'} of run ${run} would be taken back.`, undoNothing: 'Nothing of this run can be taken back (any more).', undoImpossible: (count: number) => `${number.format(count)} cannot be taken back:`,
    undoHold: 'What is undone is put on hold: no later run writes it again until somebody releases it.', undoApprove: (count: number) => `Undo ${number.format(count)} ${count === 1 ? 'change' : 'changes'}…`, undoTitle: 'Take these changes back in Active Directory?', undoList: 'What would be taken back', undoReading: 'Working out what can be taken back…',
    smaller: 'The source is smaller for good…', smallerTitle: 'Accept that the source is smaller?', smallerWhat: (profile: string) => `“${profile}” runs again and takes the source as it is now. Guests that are missing count as left, once their absence is proved.`, smallerNote: 'Why is it smaller? Kept in the audit trail.', smallerRun: 'Accept and run again',
    milliseconds: (count: number) => `${number.format(count)} ms`, seconds: (count: number) => `${number.format(count)} s`, minutes: (minutes: number, seconds: number) => `${number.format(minutes)} min ${number.format(seconds)} s`, hours: (hours: number, minutes: number) => `${number.format(hours)} h ${number.format(minutes)} min`,
  },
  audit: {
    about: 'Who approved what, and what was written', intact: (entries: number) => `The chain is intact: ${entries === 1 ? '1 entry' : `${number.format(entries)} entries`}, each carrying the hash of the one before.`, unfinished: (bytes: number) => `After them stands a line of ${number.format(bytes)} bytes that a crash has cut off; it is no entry, and the next one sets it aside into a file beside the trail.`,
    broken: (line: number, why: string) => `The chain is broken at line ${number.format(line)}: ${why}. Compare the file audit.jsonl with a copy; entries before that line are as they were written.`, brokenWhy: { notAnEntry: 'the line is no entry', doesNotFollow: 'an entry before it was changed or taken out' },
    seeLine: 'Show that line', export: 'Export as JSON Lines', exported: 'The whole trail was handed over as a file.', empty: 'Nobody has approved or decided anything yet. Approvals, exports, exclusions, decisions about joins and removals of persons will stand here.', noMatch: 'No entry is of this kind.', newest: (shown: number, all: number) => `The newest ${number.format(shown)} of ${number.format(all)} entries; the export holds them all.`,
    detail: 'The selected entry', when: 'When', who: 'Who', line: 'Line', action: 'Action', plan: 'Plan', details: 'Details', nothingMore: 'The entry says no more.', seeRun: (run: number) => `See run ${run}`, seePerson: 'Preview of the person', thisPlan: 'Everything about this plan', allPlans: 'All entries', ofPlan: (hash: string) => `Only entries of plan ${hash}`,
    actions: {
      planApproved: 'plan approved', exportEnded: 'export ended', smallerSourceAccepted: 'smaller source accepted', personExcluded: 'person excluded', holdReleased: 'hold released', joinDecided: 'join decided', decisionForgotten: 'decision forgotten', personPurged: 'person purged', rulesSaved: 'rules saved', settingsSaved: 'settings saved', connectionSaved: 'connection saved', remedyApproved: 'remedy approved', remedyApplied: 'remedy applied', signOnProved: 'sign-on proved', standingApprovalGiven: 'standing approval given', standingApprovalWithdrawn: 'standing approval withdrawn', scheduleInstalled: 'schedule installed', scheduleRemoved: 'schedule removed', secretKept: 'secret kept', secretRemoved: 'secret removed', guestInvited: 'guest invited', listInvited: 'list invited', listInvitationEnded: 'invitation of the list ended', redemptionReset: 'redemption reset', redemptionResetEnded: 'reset of a redemption ended', trailMended: 'half a line set aside', guestBlocked: 'guest blocked', guestUnblocked: 'guest unblocked', unreadable: 'unreadable line',
    } as Readonly<Record<string, string>>,
  },
  review: {
    loading: 'Reading the plan…', kinds: 'Kind of change', all: (count: number) => `All ${number.format(count)}`, kind: (word: string, count: number) => `${word} ${number.format(count)}`,
    parts: {
      create: (count: number) => `create ${number.format(count)} ${count === 1 ? 'account' : 'accounts'}`, restore: (count: number) => `restore ${number.format(count)}`, enable: (count: number) => `enable ${number.format(count)}`, adopt: (count: number) => `adopt ${number.format(count)}`,
      update: (count: number) => `change ${number.format(count)}`, move: (count: number) => `move ${number.format(count)}`, rename: (count: number) => `rename ${number.format(count)}`, disable: (count: number) => `disable ${number.format(count)}`, delete: (count: number) => `delete ${number.format(count)}`,
    },
    ofManaged: (accounts: number) => ` of ${number.format(accounts)} managed accounts`, total: (count: number) => (count === 1 ? '1 change in all' : `${number.format(count)} changes in all`),
    hash: 'Hash of the plan: an approval names it, so what is written is what you see', undoable: (count: number, impossible: number) => (impossible === 0 ? `all ${number.format(count)} can be undone` : `${number.format(impossible)} of ${number.format(count)} cannot be undone`),
    share: (planned: number, limit: number) => `${number.format(planned)} of ${number.format(limit)}`, percent: (share: number, limit: number) => ` · ${number.format(Math.round(share * 10) / 10)} % of ${number.format(limit)} %`, recent: 'In this plan and what was written in the last 24 hours, beside the limit', beyond: 'beyond the limit',
    holds: (count: number) => `On hold (${number.format(count)})…`, holdsTitle: 'On hold: nobody writes these', holdsAbout: 'A hold keeps its object out of every plan until somebody releases it. After a release the next synchronisation plans it again.', noHolds: 'Nothing is on hold.',
    heldBy: (cause: 'excluded' | 'undone', by: string, ago: string) => `${cause === 'excluded' ? 'excluded' : 'undone'} by ${by}, ${ago}`, release: 'Release', releaseOf: (who: string) => `Release ${who}`, released: (who: string) => `${who} is released. Run the cycle to plan it again.`, close: 'Close',
    exportAs: 'Export as…', exporting: (count: number) => `Writing the file… ${number.format(count)}`, exported: (count: number) => `${number.format(count)} changes handed over as a file.`, formats: { csv: 'Table for a spreadsheet (CSV)', ldif: 'LDIF', jsonl: 'Plan file (JSON Lines)' }, fileName: (hash: string, format: string) => `plan-${hash.slice(0, 12)}.${format}`,
    planChanged: 'The plan changed while the file was written.', planChangedRemedy: 'Export it again: the file would have held parts of two plans.',
    marked: (count: number) => (count === 1 ? '1 selected' : `${number.format(count)} selected`), unmark: 'Clear the selection', excludeMarked: (count: number) => `Exclude ${number.format(count)}…`, excludeTitle: (count: number) => `Leave ${number.format(count)} objects as they are`, exclude: 'Exclude', more: (count: number) => `and ${number.format(count)} more`,
    headings: { create: 'Create', restore: 'Restore', enable: 'Enable', adopt: 'Adopt', update: 'Change', move: 'Move', rename: 'Rename', disable: 'Disable', delete: 'Delete' }, shown: (count: number) => number.format(count),
    empty: 'Nothing waits for approval. The cycle looks for changes again.', never: 'No plan yet. The cycle reads both systems and ends at a plan; it writes nothing to the directory.', runCycle: 'Run the cycle', nobody: 'No change matches what you search for.', showAll: 'Show all changes',
    unchanged: (count: number) => `${number.format(count)} unchanged`, value: 'Value in the directory', place: 'Name and place', ldif: 'LDIF', copyLdif: 'Copy LDIF', copied: 'Copied', copyRefused: 'The clipboard is not available: open the LDIF and copy it there.',
    seePreview: 'Open the preview', writing: 'Writing to Active Directory', cancelled: 'Cancelled', undo: 'Undo this export…', undoImpossible: (count: number) => (count === 1 ? '1 change cannot be undone.' : `${number.format(count)} changes cannot be undone.`), undoKept: (count: number) => (count === 1 ? 'The undo plan for 1 change is ready.' : `The undo plan for ${number.format(count)} changes is ready.`), dismiss: 'Dismiss', outcome: 'What became of the approved plan',
    drift: { title: 'Both versions', attribute: 'Attribute', planned: 'When planned', found: 'Now in the directory' },
  },
  overview: {
    run: 'Run the cycle', review: (count: number) => `Review ${number.format(count)} ${count === 1 ? 'change' : 'changes'}`, about: (name: string, tenant: string) => `${name} · tenant ${tenant}`, loading: 'Reading the workspace…',
    picture: 'From Entra through the metaverse into Active Directory', entra: 'Entra', metaverse: 'Metaverse', directory: 'Active Directory',
    guests: (count: number) => (count === 1 ? '1 guest' : `${number.format(count)} guests`), persons: (count: number) => (count === 1 ? '1 person' : `${number.format(count)} persons`), accounts: (managed: number, read: number) => `${number.format(managed)} managed of ${number.format(read)} read`, joined: (count: number) => `${number.format(count)} joined`,
    inScope: 'in scope', outOfScope: 'out of scope', withoutAccount: 'without account', wait: 'changes wait', errors: (count: number) => (count === 1 ? '1 guest needs somebody' : `${number.format(count)} guests need somebody`),
    states: 'Guests by state', statesAbout: 'Why each guest has an account, or has none', share: (percent: number) => `${number.format(percent)} %`,
    pending: 'Changes that wait', pendingAbout: 'Nothing of it is written before somebody approves it', nothingPending: 'Nothing waits for approval.', noPlan: 'No plan yet. Run the cycle to make one.', holds: (count: number) => (count === 1 ? '1 on hold' : `${number.format(count)} on hold`), blocked: (count: number) => (count === 1 ? 'Beyond 1 limit: an approval has to lift it' : `Beyond ${number.format(count)} limits: an approval has to lift them`),
    health: 'Connections', healthAbout: 'How each system answered the last time', imported: (ago: string) => `read ${ago}`, neverRead: 'not read yet', server: (name: string) => name, old: 'older than a day: what you see may not be what is there',
    runs: 'Runs', last: 'Last run', next: 'Next run', problems: 'Problems', noProblems: 'none', noRun: 'none yet', allRuns: 'All runs', running: (since: string) => `runs, started ${since}`,
    trend: 'Trend', trendAbout: 'Changes of each run, by kind', planned: 'Planned by synchronisations', written: 'Written by exports', trendSeries: 'What is counted', noTrend: 'No run of this kind yet.', trendTable: 'The figures as a table', run_: 'Run', total: 'All', when: 'When', barOf: (run: number, ago: string, parts: string) => `Run ${run}, ${ago}: ${parts}`, nothing: 'no changes',
    series: {
      delete: 'delete', disable: 'disable', rename: 'rename and move', adopt: 'adopt', update: 'change', enable: 'enable', restore: 'restore', create: 'create', failed: 'not written',
    },
    first: 'Three ways to begin', firstAbout: 'Nothing was read yet. Reading and planning write nothing to any directory.',
    lab: 'Try the lab', labHere: 'This workspace is a lab: 250 guests, a directory of its own, nothing real. Read both and look at the plan.', labElsewhere: 'A tenant and a directory of its own on this computer, nothing real. Make one beside this workspace:', labRun: 'Run the first cycle',
    connect: 'Connect your tenant', connectHere: (tenant: string) => `This workspace knows tenant ${tenant}. The first cycle reads it and your directory, and ends at a plan.`, connectElsewhere: 'A workspace of its own, with the addresses and rights that its questions ask for:', connectRun: 'Run the first cycle',
    open: 'Open a workspace', openAbout: 'A workspace is a folder.', copy: 'Copy', copied: 'Copied', copyRefused: 'The clipboard is not available.',
  },
  difference: { folded: (count: number) => (count === 1 ? '⋯ 1 equal line' : `⋯ ${number.format(count)} equal lines`) },
  command: { copy: 'Copy', copyOf: (command: string) => `Copy ${command}`, copied: 'Copied', refused: 'The clipboard is not available: mark the line and copy it.' },
  rules: {
    about: (name: string) => `in force: ${name}`, draft: (name: string) => `a draft; in force is ${name}`, discard: 'Discard the draft', review: 'Compare and save…',
    views: { label: 'Ways to look at the rules', picture: 'Picture', text: 'Text', schema: 'Metaverse schema', compare: 'Compare and save', versions: 'Versions' },
    systems: { entra: 'Entra', ad: 'Active Directory' }, metaverse: 'Metaverse',
    directions: { inbound: 'inbound', outbound: 'outbound' }, creates: { inbound: 'projects who joins nobody', outbound: 'creates missing accounts' }, createsNothing: { inbound: 'joins only', outbound: 'creates no accounts' },
    kinds: { direct: 'taken as it is', expression: 'expression', constant: 'constant', generated: 'generated at the export' }, legend: { direct: 'taken as it is', expression: 'by an expression', constant: 'constant or generated' },
    generated: 'random password', initialOnly: 'only at creation', always: 'always', clears: 'clears the attribute', keeps: 'the attribute keeps what it has', nextContributor: 'the next contributor is asked',
    pictureOf: (rule: string) => `Flows of ${rule}`, tableOf: (rule: string) => `Flows of ${rule} as a table`, asTables: 'As tables', showInText: 'Show in the text', noRules: 'This rule set has no rules: nobody becomes a person, and no account is written.',
    scope: 'Who is in scope', everything: 'Everybody: there is no filter.', or: 'or', joins: 'Joined by, in this order', noJoins: 'Nothing is joined.',
    target: 'Target', source: 'Source', kind: 'Kind', when: 'When', ifEmpty: 'Without a value',
    operators: {
      EQUAL: 'is', NOTEQUAL: 'is not', LESSTHAN: 'is less than', LESSTHAN_OR_EQUAL: 'is at most', GREATERTHAN: 'is more than', GREATERTHAN_OR_EQUAL: 'is at least', CONTAINS: 'contains', NOTCONTAINS: 'does not contain', STARTSWITH: 'starts with', NOTSTARTSWITH: 'does not start with',
      ENDSWITH: 'ends with', NOTENDSWITH: 'does not end with', ISNULL: 'has no value', ISNOTNULL: 'has a value', ISIN: 'is one of', ISNOTIN: 'is none of', ISBITSET: 'has the bit', ISBITNOTSET: 'does not have the bit',
    } as Readonly<Record<string, string>>,
    editor: 'Rules as text', parameter: 'parameter', problems: (count: number) => (count === 1 ? '1 problem' : `${number.format(count)} problems`), statuses: { checking: 'Being checked…', valid: 'The rules are sound. Ctrl+Space offers what fits; Tab leaves the editor.' },
    try: {
      title: 'Try on a guest', guest: 'Guest', hint: 'Type a name, a company or an address', nobody: 'Nobody is called so.', choose: 'Choose a guest to see what the rule at the cursor gives, as you type. Nothing is stored.', notSound: 'The rules have problems; what they give is shown when they are sound.',
      inScope: 'in scope', notInScope: 'not in scope', results: (rule: string) => `What ${rule} gives`, target: 'Target', gives: 'Gives', reads: 'Reads',
    },
    schema: {
      title: 'Attributes of the metaverse', attribute: 'Attribute', type: 'Type', contributors: 'Contributed by, strongest first', readers: 'Read by', nobody: 'nobody', unread: 'nothing is written from it', several: (type: string) => `${type}, several values`,
      types: { text: 'text', integer: 'number', boolean: 'yes or no', sid: 'SID', guid: 'GUID', dn: 'distinguished name' } as Readonly<Record<string, string>>,
    },
    compare: {
      same: (name: string) => `The text is what is in force (${name}). Change it under Text, or open a version.`, invalid: (count: number) => `The rules have ${count === 1 ? 'a problem' : `${number.format(count)} problems`}; they can be compared and saved when they are sound.`, toText: 'Go to the text',
      difference: 'What is other in the text', consequences: 'What would change', about: 'Both rule sets decide about everybody, on the data of the last imports. Nothing is stored and no plan is touched.', start: 'Work out what would change', again: 'Try again',
      differing: (count: number) => (count === 0 ? 'Both decide the same about everybody.' : count === 1 ? '1 person is decided differently.' : `${number.format(count)} persons are decided differently.`),
      notImported: (names: string) => `No import has brought these attributes yet, so they count as empty here: ${names}. Run a full import after saving.`,
      counts: 'Changes by kind', kind: 'Kind', inForce: 'In force', draft: 'Draft', objectProblems: 'problems', persons: 'Persons who are decided differently', person: 'Person', notThere: 'Not in the metaverse', first: (count: number) => `The first ${number.format(count)} are shown.`,
      save: 'Save as a version', saveAbout: 'The rules take effect with the next synchronisation. The plan that waits now was made by the rules of before: it cannot be approved any more.', note: 'Why? Kept with the version and in the audit trail.', saveNow: 'Save and put in force',
      saved: (version: number) => `Version ${number.format(version)} is in force. The next cycle plans by it.`, runCycle: 'Run the cycle',
    },
    versions: {
      saved: 'Saved versions', none: 'Nothing was saved here yet: the shipped rules are in force, or a file of your own.', version: 'Version', name: 'Name', when: 'Saved', who: 'By', note: 'Why', action: 'Action', inForce: 'in force', unknown: 'not known', open: 'Open as draft', openOf: (name: string) => `Open as draft: ${name}`,
      shipped: 'Shipped with Guestbridge', about: 'What it does', sets: { guestbridge: 'One account for each guest, which keeps its SID; names are given once.', tutorial: 'As in the tutorial for MIM: all attributes flow from both sides.', 'tutorial-ou': 'The tutorial’s other variant: the OU comes from the metaverse, and accounts are renamed with it.' },
    },
  },
  settings: {
    about: 'kept in workspace.json', changed: (count: number) => (count === 1 ? '1 change is not saved yet' : `${number.format(count)} changes are not saved yet`), discard: 'Discard', saved: (kept: number) => `Saved and in force. What was there before is kept as former-configurations/${kept}.json.`,
    fault: (message: string, allowed: string) => (allowed === '' ? message : `${message} Allowed: ${allowed}.`), faultAt: (path: string, line: number, message: string) => `${path} (line ${number.format(line)}): ${message}`, otherFaults: 'workspace.json was changed by hand and cannot be used as it is; the former settings stay in force:',
    connections: {
      title: 'Connections', about: 'Shown as they are in workspace.json. Change them there; the window follows when the file is saved.', lab: 'The lab answers on this computer; its addresses and secrets are made by itself.',
      secrets: 'Secrets are in the keychain of this user or in the environment of the process, never in a file and never shown. The card below lists which are there.', connect: 'Connect your tenant: this asks for tenant, application, domain controller and guest OU, and makes a workspace beside the lab.',
      tenant: 'Tenant', client: 'Application', cloud: 'Cloud', credential: 'Proof', secret: 'client secret', certificate: (file: string) => `certificate ${file}`, person: 'a person who signed in (for runs that somebody watches)', filter: 'Filter', group: 'Only members of', authority: 'Authorities', servers: 'Controllers', security: 'Encryption', account: 'Account', guestOu: 'Guest OU', managed: 'Managed OUs', catalogs: 'Global catalogs', noCatalogs: 'found by DNS, else names are not checked in the forest',
      clouds: { global: 'worldwide', usGovernment: 'US Government', usGovernmentDoD: 'US Government DoD', china: '21Vianet (China)', custom: 'custom addresses' } as Readonly<Record<string, string>>, securities: { ldaps: 'LDAPS', startTls: 'StartTLS' },
    },
    thresholds: { title: 'Limits of a plan', about: 'A plan that goes beyond a limit is blocked until an approver lifts it for that plan. The last 24 hours count too; percent is of the managed accounts, from 50 accounts and five changes on. Changes of delegation have a plan, and a limit, of their own.', delegation: 'Changes of delegation', count: 'At most', percent: 'And at most', changes: 'changes' },
    lifecycle: {
      title: 'Lifecycle', about: 'What happens to the accounts of guests who come and go.', leavers: 'When a guest has left', actions: { leave: 'Leave the account and report it', disable: 'Disable the account where it is', disableAndMove: 'Disable the account and move it' },
      ou: 'Move to', ouHint: 'An OU outside of the guest OU', deleteAfterDays: 'Delete after', days: 'days', createForPendingInvitations: 'Create accounts for guests who have not accepted the invitation yet', smallerSourcePercent: 'Stop where a source has shrunk by more than', retentionDays: 'Keep runs and evidence for',
      hints: { deleteAfterDays: 'Counted from our disable, 30 at least; empty: never', smallerSourcePercent: 'Compared with the last good import', retentionDays: 'Older versions of objects go with them' },
    },
    save: {
      open: 'Review and save…', title: 'Save these settings?', difference: 'What changes in workspace.json', note: 'Why? Kept in the audit trail.', now: 'Save', notNow: 'Not now', takesEffect: 'They take effect at once; the limits of the waiting plan are computed again.',
      decidesOtherwise: 'They take effect with the next synchronisation. The plan that waits now was made under the settings of before: it cannot be approved any more.',
    },
    appearance: {
      title: 'Appearance', about: 'For you on this computer, at once.', theme: 'Colours', themes: { system: 'As the system', light: 'Light', dark: 'Dark', contrast: 'High contrast' }, density: 'Rows of lists', densities: { comfortable: 'Comfortable', compact: 'Compact' },
    },
    workspace: { title: 'Workspace', about: 'A folder with the settings, the rules, the store and the audit trail.', name: 'Name', folder: 'Folder', id: 'Id', purpose: 'Purpose', purposes: { production: 'production', lab: 'lab: nothing in it is real' }, rules: 'Rules', switch: 'Open another workspace in this window', switchHint: 'The whole path of its folder', open: 'Open' },
  },
} as const

export function formatNumber(value: number): string {
  return number.format(value)
}

const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' })
const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' })
const steps = [['day', 86_400_000], ['hour', 3_600_000], ['minute', 60_000]] as const

/** "2 hours ago"; the exact time belongs into the title of the element. */
export function formatAgo(instant: string, now: number): string {
  const distance = Date.parse(instant) - now
  for (const [unit, milliseconds] of steps) {
    if (Math.abs(distance) >= milliseconds) return relative.format(Math.round(distance / milliseconds), unit)
  }
  return relative.format(Math.round(distance / 1000), 'second')
}

export function formatInstant(instant: string): string {
  return exact.format(new Date(instant))
}
