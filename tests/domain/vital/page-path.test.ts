import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pageOf } from '../../../lib/domain/vital/page-path.ts'

test.each([
  ['/', '/'],
  ['', '/'],
  ['/orders/123', '/orders/:id'],
  ['/orders/123/lines/4/', '/orders/:id/lines/:id'],
  ['/u/6f1f2a57-5c39-4b7b-8a0d-0c8a2f3f7f11', '/u/:id'],
  ['/u/6F1F2A57-5C39-4B7B-8A0D-0C8A2F3F7F11/edit', '/u/:id/edit'],
  ['/posts/507f1f77bcf86cd799439011', '/posts/:id'],
  ['/checkout?card=4111111111111111#pay', '/checkout'],
  ['https://shop.example.com/cart?token=secret', '/cart'],
  ['/blog/10-ways-to-measure-2026', '/blog/10-ways-to-measure-2026'],
  ['/v2/docs', '/v2/docs'],
  ['orders/9', '/orders/:id'],
])('%s is the page %s', (address, page) => {
  expect(pageOf(address)).toBe(page)
})

test('a page is its own page, has no query, and is never longer than 200 characters', () => {
  fc.assert(
    fc.property(fc.oneof(fc.webUrl({ withQueryParameters: true, withFragments: true }), fc.string()), (address) => {
      const page = pageOf(address)
      expect(page.startsWith('/')).toBe(true)
      expect(page.length).toBeLessThanOrEqual(200)
      expect(page).not.toMatch(/[?#]/)
      if (page.length < 200) expect(pageOf(page)).toBe(page)
    }),
  )
})
