import type { TestStep } from '../../../shared/api/connectCalls.ts'
import { formatInstant, formatNumber } from '../texts.ts'

/** What the guided set-up says, step by step. */
export const connectTexts = {
  title: 'Connect a tenant and a domain', titleRepeat: 'Change the connections', back: 'Back', next: 'Next', leave: 'Leave', stepsLabel: 'Steps of the set-up', open: 'Connect your tenant…', repeat: 'Change the connections…', renew: 'Replace it here', startAnew: 'Start anew',
  about: 'Each step asks a system something; nothing is stored before the last one. You can go back at any time; a reload loses nothing.',
  steps: { tenant: '1. Cloud and tenant', credential: '2. Application', controllers: '3. Domain controllers', ous: '4. OUs', test: '5. Test and save' },
  done: 'complete', missing: (names: string) => `Missing: ${names}.`,
  tenant: {
    cloud: 'Cloud', clouds: { global: 'Worldwide', usGovernment: 'US Government', usGovernmentDoD: 'US Government DoD', china: '21Vianet (China)', custom: 'Addresses of your own' }, graphUrl: 'Address of Graph', signInUrl: 'Address of the sign-in', urlHint: 'https, without path', tenant: 'Tenant', tenantHint: 'Its id, or one of its domain names', find: 'Find the tenant', finding: 'Asking…',
    found: (id: string, host: string | null) => `Found: ${id}${host === null ? '' : `, Graph is at ${host}`}.`, authorities: 'Authorities of a proxy', authoritiesHint: 'Only where a proxy looks into encrypted traffic: its certificate as PEM. Those of the system are always trusted.',
  },
  credential: {
    client: 'Application (client) id', clientHint: 'Of the app registration, a GUID', kind: 'How the application proves itself', kinds: { unchanged: 'As it is now', secret: 'Client secret', certificate: 'Certificate (recommended)', person: 'A person signs in' },
    secret: 'Client secret', secretHint: 'Goes to the service and is not shown again', expires: 'Ends on', expiresHint: 'Empty: asked of Graph', keep: 'Use this secret', held: 'The secret is there: held for this set-up, or that of the open workspace.', kept: 'Use',
    days: 'Valid for (days)', make: 'Make a certificate', making: 'Making…', bring: 'Bring one…', bringHint: 'PEM or PKCS#12 with its private key', filePassword: 'Password of that file', keyPassword: 'Password for the key file', keyPasswordHint: 'There is no keychain here, so you keep it: at least 8 characters',
    made: (subject: string, ends: string) => `${subject}, valid until ${formatInstant(ends)}`, sha1: 'Thumbprint (SHA-1)', sha256: 'Thumbprint (SHA-256)', download: 'Save the public part', file: 'guestbridge.cer.pem', upload: 'An administrator uploads the public part to the app registration:',
    person: {
      attended: 'Guests are read in the name of whoever signs in, who must be allowed to read users. Only what renews the sign-in is kept. It ends when Entra says so, after 90 days without a run at the latest, so runs that nobody watches need a certificate.',
      way: 'Where to sign in', ways: { browser: 'In the browser of this computer', code: 'In any browser, with a code' },
      needs: {
        browser: 'The app registration needs the delegated permission User.Read.All, and http://localhost under Authentication, "Mobile and desktop applications".',
        code: 'The app registration needs the delegated permission User.Read.All, and "Allow public client flows" under Authentication.',
      },
      signIn: 'Sign in', signInAgain: 'Sign in as somebody else', waiting: 'Waiting for the sign-in…', cancel: 'Cancel the sign-in', open: 'Sign in on another page:', link: (host: string) => `open the sign-in at ${host}`, comesBack: 'This page goes on by itself when you are back; it waits for five minutes.',
      enter: (code: string) => `Enter the code ${code} at`, goesOn: 'This page goes on by itself when you have.', signedIn: (account: string | null) => (account === null ? 'Somebody has signed in for this set-up.' : `Signed in as ${account}.`),
    },
  },
  controllers: {
    domain: 'Domain', domainHint: 'A DNS name such as contoso.com', find: 'Find its controllers', finding: 'Asking DNS…', foundCount: (count: number) => `${formatNumber(count)} found; the list below was filled.`, none: 'DNS names none: type them below.', servers: 'Controllers', serversHint: 'One address a line, such as ldaps://dc1.contoso.com',
    security: 'Encryption', securities: { ldaps: 'LDAPS', startTls: 'StartTLS' }, look: 'Look at its certificate', looking: 'Connecting…', trusted: 'This computer trusts the certificate as it is.', untrusted: 'This computer does not trust it yet:', chain: 'What the server presented', chainColumns: ['Subject', 'Issuer', 'Valid until', 'Fingerprint (SHA-256)'],
    authority: (subject: string) => `To be trusted: the authority ${subject}`, selfSigned: (subject: string) => `To be trusted: the server’s own certificate ${subject}, which nobody has signed`, fingerprint: 'Fingerprint (SHA-256)', compare: 'I have compared this fingerprint with the one on the server, and trust it', pinned: 'A certificate is trusted for these controllers.', forget: 'Trust those of the system instead', trustMissing: 'trust in the certificate that the controller presented', fromFile: 'Authority from a file…',
    account: 'Account', accountHint: 'user@domain or DN', password: 'Password', passwordHint: 'Goes to the service and is not shown again', keep: 'Use this password', held: 'The password is there: held for this set-up, or that of the open workspace.',
  },
  ous: {
    about: 'The guest OU holds nothing else and is outside of what Entra Connect synchronises.', tree: 'OUs of the domain', guestOu: 'Guest OU', disabledOu: 'OU for guests who left', disabledHint: 'Empty: their accounts stay where they are, disabled', forGuests: 'For guests', forGuestsOf: (name: string) => `For guests: ${name}`, forLeavers: 'For leavers', forLeaversOf: (name: string) => `For leavers: ${name}`,
    users: (count: number, isMore: boolean) => (count === 0 ? 'no users' : `${isMore ? 'more than ' : ''}${formatNumber(count)} ${count === 1 ? 'user' : 'users'}`), openOf: (name: string) => `Open ${name}`, loading: 'Reading…', empty: 'Nothing below.', read: 'Read the tree',
  },
  test: {
    run: 'Test both connections', again: 'Test again', running: 'Signing in to both…', about: 'Signs in and reads a little of each system. Writes nothing.', outcomes: { passed: 'passed', failed: 'failed', notTried: 'not tried' } satisfies Record<TestStep['outcome'], string>, systems: { entra: 'Entra', ad: 'Active Directory' } satisfies Record<TestStep['system'], string>,
    save: 'Save', saving: 'Saving…', folder: 'Folder of the new workspace', folderHint: 'A whole path on this computer', name: 'Name', note: 'Why? Kept in the audit trail.', unsound: 'Something does not work yet; it can be saved all the same, and mended later.', untested: 'Test before you save.', keepsLab: 'The lab stays as it is: your connections get a workspace of their own.', replaces: 'These connections replace those of the open workspace.',
    saved: (folder: string) => `Saved in ${folder}.`, keptIn: { keychain: 'in the keychain of this user', session: 'for this session only' }, keptLine: (name: string, where: string, variable: string) => `${name}: ${where} (${variable})`, openIt: 'What was kept for this session only is asked for again then. Another time, start Guestbridge on its folder:', readiness: 'Go on with Readiness', secretNames: { entra: 'Credential of the application', directory: 'Password of the account' },
  },
} as const
