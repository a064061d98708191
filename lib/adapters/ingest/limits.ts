/** What one series, line or body may have. Stated in docs/ingest.md. */

/** Names of metrics and attributes, in characters. */
export const NAME_LENGTH_MAX = 200
/** Values of attributes, in characters. */
export const VALUE_LENGTH_MAX = 1_000
export const ATTRIBUTES_MAX = 40
/** Text of a line, in characters of UTF-16: at most 32 KB in Latin script. */
export const MESSAGE_LENGTH_MAX = 32_768
/** Units are short: UCUM's longest in use have some twenty characters. */
export const UNIT_LENGTH_MAX = 63
/**
 * No measurement is larger, and a database that adds a hundred million of them up still has a number: Postgres answers an overflow of
 * float8 with an error, which would stop the roll-up of everything else.
 */
export const MAGNITUDE_MAX = 1e100
/** Deeper values are cut: whoever reads them calls itself, once for each level. */
export const NESTING_MAX = 16
