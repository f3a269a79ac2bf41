import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foldText } from '../../src/main/store/foldText.ts'

describe('what a search compares', () => {
  it.each([
    ["Pat O'Brien", 'pat obrien'], ['Pat O’Brien', 'pat obrien'], ['Søren Sørensen', 'soren sorensen'], ['Łukasz Zieliński', 'lukasz zielinski'],
    ['Weiß', 'weiss'], ['Ærø', 'aero'], ['DIYARBAKIR', 'diyarbakir'], ['Diyarbakır', 'diyarbakir'], ['Ελένη', 'ελενη'], ['佐藤 花子', '佐藤 花子'],
  ])('%s is found as %s', (text, folded) => {
    expect(foldText(text)).toBe(folded)
  })

  it('keeps the voicing marks of kana and the vowel signs of other scripts', () => {
    expect(foldText('ガ').normalize('NFC')).toBe('ガ')
    expect(foldText('हिन्दी')).toBe('हिन्दी')
  })

  it('is the same for composed and decomposed letters, and for what was folded already', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(foldText(text.normalize('NFD'))).toBe(foldText(text.normalize('NFC')))
      expect(foldText(foldText(text))).toBe(foldText(text))
    }))
  })

  it('finds in a text what was typed from it', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme-ascii' }), fc.string(), fc.string(), (word, before, after) => {
      expect(foldText(`${before}${word}${after}`)).toContain(foldText(word))
    }))
  })
})
