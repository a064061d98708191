import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { unpackBuckets } from '../../lib/adapters/supabase/unpack-buckets.ts'
import { testDatabase } from '../support/postgres.ts'

const { sql } = await testDatabase()

interface Bucket {
  key: number
  count: number
}

async function pack(buckets: readonly Bucket[]): Promise<string> {
  const [row] = await sql<{ packed: string }[]>`
    select private.pack_buckets(${buckets.map(({ key }) => key)}::smallint[], ${buckets.map(({ count }) => count)}::bigint[]) as packed`
  return row?.packed ?? ''
}

function unpack(text: string, total: number): Bucket[] {
  const [keys, counts] = [new Int16Array(total), new Float64Array(total)]
  unpackBuckets(text, keys, counts)
  return Array.from(keys, (key, index) => ({ key, count: counts[index] ?? Number.NaN }))
}

const key = fc.oneof(fc.integer({ min: -300, max: 300 }), fc.integer({ min: -32_768, max: 32_767 }))
const count = fc.oneof(fc.integer({ min: 0, max: 300 }), fc.nat(), fc.maxSafeNat())

describe('packed buckets', () => {
  test('are read as they were written, in any order of keys and for any count', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.record({ key, count }), { maxLength: 40 }), async (buckets) => {
        expect(unpack(await pack(buckets), buckets.length)).toEqual(buckets)
      }),
    )
  })

  test.each([
    { what: 'zeros, the lowest key, beside the highest', buckets: [-32_768, 32_767, -32_768], characters: 15 },
    { what: 'keys side by side', buckets: [-200, -199, -198], characters: 7 },
    { what: 'no buckets', buckets: [], characters: 0 },
  ])('$what: $characters characters', async ({ buckets, characters }) => {
    const stored = buckets.map((one) => ({ key: one, count: 1 }))
    const packed = await pack(stored)
    expect(packed).toHaveLength(characters)
    expect(unpack(packed, stored.length)).toEqual(stored)
  })

  test('say so when the text ends before the last of them', async () => {
    const packed = await pack([{ key: 5, count: 20_000 }])
    expect(() => unpack(packed.slice(0, -1), 1)).toThrow('packed buckets end before the last of 1')
    expect(() => unpack(packed, 2)).toThrow('packed buckets end before the last of 2')
  })

  test('survive JSON without a character more', async () => {
    const packed = await pack([
      { key: -32_768, count: 34 },
      { key: 300, count: 92 },
    ])
    expect(JSON.stringify(packed)).toHaveLength(packed.length + 2)
  })
})
