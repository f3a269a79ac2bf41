/** A guest whose names have harmed a synchronisation somewhere. What is missing is not set in the tenant. */
export type UnusualGuest = {
  /** Why this one is here. */
  readonly what: string
  /** Local part of the address. */
  readonly address: string
  /** Domain of one of the partners. */
  readonly domain: string
  readonly displayName: string
  readonly givenName?: string
  readonly surname?: string
  /** The tenant knows no mail address. */
  readonly hasNoMail?: true
}

const letters = (count: number, text: string): string => text.repeat(Math.ceil(count / text.length)).slice(0, count)

export const unusualGuests: readonly UnusualGuest[] = [
  { what: 'Arabic', address: 'maryam.alkhatib', domain: 'relecloud.com', displayName: 'مريم الخطيب', givenName: 'مريم', surname: 'الخطيب' },
  { what: 'Arabic with Latin company', address: 'omar.haddad', domain: 'fabrikam.com', displayName: 'عمر حداد (Fabrikam)', givenName: 'عمر', surname: 'حداد' },
  { what: 'Hebrew', address: 'david.levy', domain: 'proseware.com', displayName: 'דוד לוי', givenName: 'דוד', surname: 'לוי' },
  { what: 'right-to-left marks inside', address: 'yael.cohen', domain: 'proseware.com', displayName: '\u200fיעל כהן\u200f', givenName: 'יעל', surname: 'כהן' },
  { what: 'Chinese', address: 'yijun.chen', domain: 'treyresearch.net', displayName: '陳怡君', givenName: '怡君', surname: '陳' },
  { what: 'Japanese', address: 'k.tanaka', domain: 'treyresearch.net', displayName: '田中 健太郎', givenName: '健太郎', surname: '田中' },
  { what: 'Japanese, full-width blank', address: 'h.sato', domain: 'treyresearch.net', displayName: '佐藤　花子', givenName: '花子', surname: '佐藤' },
  { what: 'beyond the basic plane', address: 'yoshino', domain: 'treyresearch.net', displayName: '𠮷野 家', givenName: '家', surname: '𠮷野' },
  { what: 'Korean', address: 'minjun.kim', domain: 'tailspintoys.com', displayName: '김민준', givenName: '민준', surname: '김' },
  { what: 'Cyrillic', address: 'olena.shevchenko', domain: 'litwareinc.com', displayName: 'Олена Шевченко', givenName: 'Олена', surname: 'Шевченко' },
  { what: 'Cyrillic with soft sign', address: 'ilya.solovyov', domain: 'litwareinc.com', displayName: 'Илья Соловьёв', givenName: 'Илья', surname: 'Соловьёв' },
  { what: 'Greek', address: 'eleni.papadopoulou', domain: 'woodgrovebank.com', displayName: 'Ελένη Παπαδοπούλου', givenName: 'Ελένη', surname: 'Παπαδοπούλου' },
  { what: 'final sigma', address: 'odysseas', domain: 'woodgrovebank.com', displayName: 'Οδυσσέας ΠΑΠΑΣ', givenName: 'Οδυσσέας', surname: 'ΠΑΠΑΣ' },
  { what: 'Thai without blanks', address: 'somchai', domain: 'relecloud.com', displayName: 'สมชายใจดี', givenName: 'สมชาย', surname: 'ใจดี' },
  { what: 'Vietnamese, stacked accents', address: 'anh.nguyen', domain: 'relecloud.com', displayName: 'Nguyễn Thị Ánh', givenName: 'Thị Ánh', surname: 'Nguyễn' },
  { what: 'decomposed accents', address: 'rene.lefevre', domain: 'northwindtraders.com', displayName: 'Rene\u0301 Lefe\u0300vre', givenName: 'Rene\u0301', surname: 'Lefe\u0300vre' },
  { what: 'dotted capital I', address: 'istanbul.ilgin', domain: 'treyresearch.net', displayName: 'İLGIN ışık', givenName: 'İLGIN', surname: 'ışık' },
  { what: 'emoji', address: 'party.planner', domain: 'tailspintoys.com', displayName: 'Kim 🎉 Party', givenName: 'Kim', surname: '🎉' },
  { what: 'joined emoji', address: 'family.desk', domain: 'wingtiptoys.com', displayName: 'Family Desk 👩‍👩‍👧‍👦', givenName: 'Family', surname: 'Desk 👩‍👩‍👧‍👦' },
  { what: 'typed apostrophe', address: "pat.o'brien", domain: 'wingtiptoys.com', displayName: "Pat O'Brien", givenName: 'Pat', surname: "O'Brien" },
  { what: 'curved apostrophe', address: 'rosa.dangelo', domain: 'lucernepublishing.com', displayName: 'Rosa D’Angelo', givenName: 'Rosa', surname: 'D’Angelo' },
  { what: 'plus sign in the address', address: 'jo.field+contoso', domain: 'fabrikam.com', displayName: 'Jo Field', givenName: 'Jo', surname: 'Field' },
  { what: 'underscores in the address', address: 'first_last_x', domain: 'adatum.com', displayName: 'First Last', givenName: 'First', surname: 'Last' },
  { what: 'long address', address: letters(58, 'very.long.mailbox.name.'), domain: 'northwindtraders.com', displayName: 'Long Mailbox', givenName: 'Long', surname: 'Mailbox' },
  { what: 'comma', address: 'tom.baker', domain: 'adatum.com', displayName: 'Baker, Tom', givenName: 'Tom', surname: 'Baker' },
  { what: 'signs of markup', address: 'less.than', domain: 'proseware.com', displayName: 'R&D <Lead> = "Tom & Jerry"', givenName: 'Tom & Jerry', surname: '<Lead>' },
  { what: 'quotes', address: 'max.stern', domain: 'adatum.com', displayName: 'Max "Maxi" Stern', givenName: 'Max "Maxi"', surname: 'Stern' },
  { what: 'backslash, plus, semicolon', address: 'b.slash', domain: 'litwareinc.com', displayName: 'CONTOSO\\Ben + Co; KG', givenName: 'Ben +', surname: 'Co; KG' },
  { what: 'starts with a number sign', address: 'hash.first', domain: 'tailspintoys.com', displayName: '#1 Support', givenName: '#1', surname: 'Support' },
  { what: 'signs of an LDAP filter', address: 'star.paren', domain: 'relecloud.com', displayName: 'A*(b)|c&d', givenName: 'A*', surname: '(b)' },
  { what: 'line break', address: 'line.break', domain: 'fabrikam.com', displayName: 'Line\nBreak', givenName: 'Line', surname: 'Break' },
  { what: 'blank before', address: 'lead.blank', domain: 'wingtiptoys.com', displayName: '  Lead Blank', givenName: ' Lead', surname: ' Blank' },
  { what: 'blank behind', address: 'trail.blank', domain: 'wingtiptoys.com', displayName: 'Trail Blank  ', givenName: 'Trail ', surname: 'Blank ' },
  { what: 'two blanks inside', address: 'inner.blank', domain: 'alpineskihouse.com', displayName: 'Inner  Blank', givenName: 'Inner', surname: 'van  Blank' },
  { what: 'no-break space', address: 'nbsp', domain: 'alpineskihouse.com', displayName: 'No\u00a0Break', givenName: 'No\u00a0Break', surname: 'Space' },
  { what: 'no surname', address: 'cher', domain: 'lucernepublishing.com', displayName: 'Cher', givenName: 'Cher' },
  { what: 'no given name', address: 'singh', domain: 'relecloud.com', displayName: 'Singh', surname: 'Singh' },
  { what: 'display name only', address: 'reception', domain: 'alpineskihouse.com', displayName: 'Reception Desk' },
  { what: 'display name is the address', address: 'noname', domain: 'woodgrovebank.com', displayName: 'noname@woodgrovebank.com' },
  { what: 'no mail', address: 'nomail.one', domain: 'woodgrovebank.com', displayName: 'Nora Mailless', givenName: 'Nora', surname: 'Mailless', hasNoMail: true },
  { what: 'no mail, no names', address: 'nomail.two', domain: 'adatum.com', displayName: 'nomail.two', hasNoMail: true },
  { what: '64 characters', address: 'sixty.four', domain: 'proseware.com', displayName: letters(64, 'Maximilian Alexander '), givenName: letters(64, 'Maximilian'), surname: letters(64, 'Wolfeschlegelsteinhausen') },
  { what: '64 characters outside of Latin', address: 'sixty.four.jp', domain: 'treyresearch.net', displayName: letters(64, '寿限無'), givenName: letters(64, '五劫の'), surname: letters(64, '擦り切れ') },
  { what: '65 characters', address: 'sixty.five', domain: 'proseware.com', displayName: letters(65, 'Pablo Diego José '), givenName: 'Pablo', surname: 'Ruiz Picasso' },
  { what: '256 characters', address: 'two.fifty.six', domain: 'lucernepublishing.com', displayName: letters(256, 'Uvuvwevwevwe Onyetenyevwe '), givenName: 'Uvuvwevwevwe', surname: 'Ossas' },
  { what: 'capital letters throughout', address: 'LOUD.VOICE', domain: 'fabrikam.com', displayName: 'LOUD VOICE', givenName: 'LOUD', surname: 'VOICE' },
]
