import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createAcknowledgeSigner } from '../../../lib/adapters/channels/sign-acknowledge.ts'
import { CHANNEL_ID, INCIDENT_ID } from '../../support/providers/message.ts'

const EXPIRES_AT = Date.UTC(2026, 10, 24)
const signer = createAcknowledgeSigner('a-secret-key-of-some-length')
const token = signer.sign(INCIDENT_ID, CHANNEL_ID, EXPIRES_AT)

test('a token is accepted until it expires, and says for which incident and channel', () => {
  const claim = { incidentId: INCIDENT_ID, channelId: CHANNEL_ID, expiresAt: EXPIRES_AT }
  expect(signer.verify(token, EXPIRES_AT - 1)).toEqual(claim)
  expect(signer.verify(token, EXPIRES_AT)).toEqual({ error: 'expired' })
})

test('the same input gives the same token, short and fit for a URL', () => {
  expect(signer.sign(INCIDENT_ID, CHANNEL_ID, EXPIRES_AT)).toBe(token)
  expect(token).toMatch(/^[A-Za-z0-9_-]{71}$/)
})

test('no change of any one character passes', () => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  fc.assert(
    fc.property(fc.nat(token.length - 1), fc.constantFrom(...alphabet), (index, character) => {
      fc.pre(token[index] !== character)
      const changed = `${token.slice(0, index)}${character}${token.slice(index + 1)}`
      expect(signer.verify(changed, 0)).toHaveProperty('error')
    }),
    { numRuns: 500 },
  )
})

test('a token of another key, an expired forgery and noise are refused', () => {
  const foreign = createAcknowledgeSigner('another-secret-key-here').sign(INCIDENT_ID, CHANNEL_ID, 1_000)
  expect(signer.verify(foreign, EXPIRES_AT)).toEqual({ error: 'wrong_signature' })
  for (const noise of ['', 'x', `${token}=`, `${token} `, `${token}A`, token.slice(0, -1), '💥'.repeat(20)]) {
    expect(signer.verify(noise, 0)).toEqual({ error: 'malformed' })
  }
})

test('a key that is no key is refused at once', () => {
  expect(() => createAcknowledgeSigner('short')).toThrow('at least 16 characters')
})
