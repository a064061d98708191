import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CLAIM_BYTES, decodeClaim, encodeClaim } from '../../../lib/domain/notification/acknowledge-link.ts'

const seconds = fc.integer({ min: 0, max: 0xffff_ffff })

test('a claim comes back as it went in, to the second', () => {
  fc.assert(
    fc.property(
      fc.uuid(),
      fc.uuid(),
      seconds,
      fc.integer({ min: 0, max: 999 }),
      (incidentId, channelId, second, ms) => {
        const bytes = encodeClaim({ incidentId, channelId, expiresAt: second * 1_000 + ms })
        expect(bytes).toHaveLength(CLAIM_BYTES)
        expect(decodeClaim(bytes)).toEqual({ incidentId, channelId, expiresAt: second * 1_000 })
      },
    ),
  )
})

test('bytes of another length or version are no claim', () => {
  const bytes = encodeClaim({ incidentId: crypto.randomUUID(), channelId: crypto.randomUUID(), expiresAt: 0 })
  expect(decodeClaim(bytes.subarray(1))).toBeNull()
  expect(decodeClaim(Uint8Array.from([2, ...bytes.subarray(1)]))).toBeNull()
})

test('what is no UUID and no instant is refused', () => {
  const id = crypto.randomUUID()
  expect(() => encodeClaim({ incidentId: 'seven', channelId: id, expiresAt: 0 })).toThrow('not a UUID')
  expect(() => encodeClaim({ incidentId: id, channelId: id, expiresAt: Number.NaN })).toThrow('not an expiry')
})
