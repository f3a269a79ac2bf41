import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeSpnProblem, parseSpn, spnKey } from '../../../src/shared/domain/spn.ts'

describe('a service principal name', () => {
  it.each([
    ['HTTP/orders.contoso.test', { serviceClass: 'HTTP', host: 'orders.contoso.test', port: null, instance: null, serviceName: null }],
    ['http/web01:8080', { serviceClass: 'http', host: 'web01', port: 8080, instance: null, serviceName: null }],
    ['ldap/dc1.contoso.test/contoso.test', { serviceClass: 'ldap', host: 'dc1.contoso.test', port: null, instance: null, serviceName: 'contoso.test' }],
    ['MSSQLSvc/sql_1.contoso.test:SALES', { serviceClass: 'MSSQLSvc', host: 'sql_1.contoso.test', port: null, instance: 'SALES', serviceName: null }],
    ['E3514235-4B06-11D1-AB04-00C04FC2DCD2/7f1c/contoso.test', { serviceClass: 'E3514235-4B06-11D1-AB04-00C04FC2DCD2', host: '7f1c', port: null, instance: null, serviceName: 'contoso.test' }],
    ['HTTP/bücher.contoso.test', { serviceClass: 'HTTP', host: 'bücher.contoso.test', port: null, instance: null, serviceName: null }],
  ])('of the form class/host[:port][/name] is taken apart: %s', (text, expected) => {
    expect(parseSpn(text)).toEqual({ ok: true, value: expected })
  })

  it.each([
    ['', 'blank'], ['HTTP/orders contoso.test', 'blank'], [' HTTP/orders', 'blank'],
    ['https/orders.contoso.test', 'scheme'], ['HTTPS/orders.contoso.test', 'scheme'],
    ['http://orders.contoso.test', 'isAddress'], ['https://orders.contoso.test/', 'isAddress'],
    ['/orders', 'noClass'], ['http:/orders', 'badClass'],
    ['HTTP', 'noHost'], ['HTTP/', 'noHost'], ['HTTP/:80', 'noHost'],
    ['HTTP/orders..contoso.test', 'badHost'], ['HTTP/-orders', 'badHost'], ['HTTP/orders@CONTOSO.TEST', 'badHost'], ['HTTP/*', 'badHost'],
    ['HTTP/orders:', 'badPort'], ['HTTP/orders:0', 'badPort'], ['HTTP/orders:65536', 'badPort'], ['HTTP/orders:https', 'badPort'], ['HTTP/orders:80:81', 'badPort'],
    ['HTTP/orders/', 'emptyName'], ['HTTP/orders/a/b', 'tooManyParts'],
  ])('is refused with what is wrong: %j is %s', (text, kind) => {
    const parsed = parseSpn(text)
    expect(parsed.ok ? null : parsed.problem.kind).toBe(kind)
    expect(parsed.ok ? '' : describeSpnProblem(parsed.problem)).toMatch(/^(is|has|begins|ends) /)
  })

  it('is compared without case', () => {
    expect(spnKey('HTTP/Orders.Contoso.Test')).toBe(spnKey('http/orders.contoso.test'))
    expect(spnKey('HTTP/orders:80')).not.toBe(spnKey('HTTP/orders'))
  })

  it('keeps every part: put together again it is the text', () => {
    const name = fc.stringMatching(/^[A-Za-z0-9]{1,8}(\.[a-z0-9]{1,5})?$/)
    fc.assert(fc.property(name.filter((text) => text.toLowerCase() !== 'https'), name, fc.option(fc.integer({ min: 1, max: 65_535 })), fc.option(name), (serviceClass, host, port, serviceName) => {
      const text = `${serviceClass}/${host}${port === null ? '' : `:${port}`}${serviceName === null ? '' : `/${serviceName}`}`
      expect(parseSpn(text)).toEqual({ ok: true, value: { serviceClass, host, port, instance: null, serviceName } })
    }))
  })

  it('never fails otherwise than with a problem', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => { expect(typeof parseSpn(text).ok).toBe('boolean') }))
  })
})
