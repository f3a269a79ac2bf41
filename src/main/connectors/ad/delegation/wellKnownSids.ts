/** Names that hold in every domain and that no directory has an account for (MS-DTYP 2.4.2.4). */
export const wellKnownSids: Readonly<Record<string, string>> = {
  'S-1-0-0': 'Nobody', 'S-1-1-0': 'Everyone', 'S-1-3-0': 'Creator Owner', 'S-1-5-2': 'Network', 'S-1-5-4': 'Interactive', 'S-1-5-7': 'Anonymous Logon', 'S-1-5-9': 'Enterprise Domain Controllers',
  'S-1-5-10': 'Principal Self', 'S-1-5-11': 'Authenticated Users', 'S-1-5-15': 'This Organization', 'S-1-5-18': 'System', 'S-1-5-19': 'Local Service', 'S-1-5-20': 'Network Service',
  'S-1-5-32-544': 'Administrators', 'S-1-5-32-545': 'Users', 'S-1-5-32-546': 'Guests', 'S-1-5-32-548': 'Account Operators', 'S-1-5-32-549': 'Server Operators', 'S-1-5-32-550': 'Print Operators',
  'S-1-5-32-551': 'Backup Operators', 'S-1-5-32-554': 'Pre-Windows 2000 Compatible Access', 'S-1-5-32-560': 'Windows Authorization Access Group',
}
