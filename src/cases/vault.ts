/**
 * Encryption by a pass phrase (WebCrypto): AES-256-GCM under a key that PBKDF2-HMAC-SHA-256 makes of the phrase with 600,000 rounds (OWASP Password Storage Cheat Sheet,
 * 2023), about a third of a second on a laptop for whoever tries one phrase. A check value from the same derivation tells a wrong phrase from data that was changed.
 */

import { StudioError } from '../shared/errors'

export const ROUNDS = 600_000
/** Fewer would make guessing cheap; more would let a file from outside stop the page. */
const ROUNDS_RANGE = { least: 100_000, most: 10_000_000 }
const SALT_BYTES = 16
const NONCE_BYTES = 12
const KEY_BYTES = 32
const encoder = new TextEncoder()

/** What is stored beside sealed data. Not secret. */
export interface KeyHint {
  readonly salt: Uint8Array<ArrayBuffer>
  readonly rounds: number
  readonly check: Uint8Array<ArrayBuffer>
}

export interface Vault {
  readonly hint: KeyHint
  /** Nonce, ciphertext and tag. `about` is bound to it: sealed data that is moved elsewhere does not open. */
  seal(plain: Uint8Array<ArrayBuffer>, about: string): Promise<Uint8Array<ArrayBuffer>>
  /** Rejects with `bad-project` for data that was changed. */
  open(sealed: Uint8Array<ArrayBuffer>, about: string): Promise<Uint8Array<ArrayBuffer>>
}

/** Over plain http there is no encryption in a browser. */
export const canEncrypt = (): boolean => typeof (globalThis.crypto?.subtle as SubtleCrypto | undefined)?.deriveBits === 'function'

export const isTooWeak = (phrase: string): boolean => [...phrase.normalize('NFKC')].length < 10

/** @param rounds fewer only in tests */
export async function newVault(phrase: string, rounds = ROUNDS): Promise<Vault> {
  const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES))
  const { key, check } = await derived(phrase, salt, rounds)
  return vaultOf(key, { salt, rounds, check })
}

/** Rejects with `bad-request` for a wrong pass phrase, `bad-project` for a hint that cannot be one. */
export async function openVault(phrase: string, hint: KeyHint): Promise<Vault> {
  const { salt, rounds, check } = hint
  const isPlausible = salt.length >= 8 && check.length === KEY_BYTES && Number.isInteger(rounds) && rounds <= ROUNDS_RANGE.most
  if (!isPlausible) throw changed()
  const made = await derived(phrase, salt, rounds)
  const difference = made.check.reduce((sum, byte, i) => sum | (byte ^ (check[i] ?? 0)), 0)
  if (difference !== 0) throw new StudioError('bad-request', 'The pass phrase is wrong. Mind capitals and spaces, and try again.')
  return vaultOf(made.key, hint)
}

export const isWeakHint = ({ rounds }: KeyHint): boolean => rounds < ROUNDS_RANGE.least

const changed = (): StudioError =>
  new StudioError(
    'bad-project',
    'The pass phrase is right, but the data was changed or damaged after it was encrypted. Use another copy of it.',
  )

async function derived(
  phrase: string,
  salt: Uint8Array<ArrayBuffer>,
  rounds: number,
): Promise<{ key: CryptoKey; check: Uint8Array<ArrayBuffer> }> {
  if (!canEncrypt())
    throw new StudioError(
      'bad-request',
      'This page was not loaded over https or from this machine, and browsers encrypt nowhere else. Open the studio there.',
    )
  // One phrase typed on two keyboards is one phrase.
  const material = await crypto.subtle.importKey('raw', encoder.encode(phrase.normalize('NFKC')), 'PBKDF2', false, ['deriveBits'])
  const bits = new Uint8Array(
    await crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds }, material, 16 * KEY_BYTES),
  )
  const key = await crypto.subtle.importKey('raw', bits.slice(0, KEY_BYTES), 'AES-GCM', false, ['encrypt', 'decrypt'])
  // A digest: the check value itself says nothing of the bits that it comes from.
  const check = new Uint8Array(await crypto.subtle.digest('SHA-256', bits.slice(KEY_BYTES)))
  return { key, check }
}

function vaultOf(key: CryptoKey, hint: KeyHint): Vault {
  const parameters = (nonce: Uint8Array<ArrayBuffer>, about: string): AesGcmParams => ({
    name: 'AES-GCM',
    iv: nonce,
    additionalData: encoder.encode(about),
  })
  return {
    hint,
    seal: async (plain, about) => {
      const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES))
      const sealed = new Uint8Array(await crypto.subtle.encrypt(parameters(nonce, about), key, plain))
      const whole = new Uint8Array(NONCE_BYTES + sealed.length)
      whole.set(nonce)
      whole.set(sealed, NONCE_BYTES)
      return whole
    },
    open: async (sealed, about) => {
      // Views: a log has thousands of entries, and each would be copied.
      const [nonce, data] = [sealed.subarray(0, NONCE_BYTES), sealed.subarray(NONCE_BYTES)]
      return await crypto.subtle.decrypt(parameters(nonce, about), key, data).then(
        (plain) => new Uint8Array(plain),
        () => {
          throw changed()
        },
      )
    },
  }
}
