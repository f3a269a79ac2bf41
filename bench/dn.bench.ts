import { parseDn } from '../src/shared/domain/dn.ts'
import { compare } from './compare.ts'
import { sampleDnText } from './samplePlan.ts'

const texts = Array.from({ length: 50_000 }, (_, index) => sampleDnText(index))

compare({
  name: 'DN parsing',
  measures: 'RFC 4514 parsing of 50,000 names into their canonical spelling, escapes in every fourth',
  against: 'a plain split of the same texts at commas and equals signs, which is wrong for the escaped ones',
  measured: () => texts.map(parseDn),
  reference: () => texts.map((text) => text.split(',').map((part) => part.split('='))),
})
