/** Where a command reads and writes, and how it ends. */

import type { Readable, Writable } from 'node:stream'

/** 66 is EX_NOINPUT of sysexits.h. */
export const EXIT = { ok: 0, failed: 1, usage: 2, noInput: 66 } as const

export class Terminal {
  readonly stdin: Readable
  private readonly stdout: Writable
  private readonly stderr: Writable

  constructor(streams: { stdin: Readable; stdout: Writable; stderr: Writable }) {
    this.stdin = streams.stdin
    this.stdout = streams.stdout
    this.stderr = streams.stderr
  }

  write(data: string | Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      this.stdout.write(data, (error) => (error ? reject(error) : resolve()))
    })
  }

  /** One JSON line. */
  line(value: unknown): void {
    this.stdout.write(`${JSON.stringify(value)}\n`)
  }

  /** Where a person sees it and no program reads it. */
  ask(question: string): void {
    this.stderr.write(question)
  }

  /** An error message in the form that every command uses. */
  complain(message: string): void {
    this.stderr.write(`face-studio: ${message}\n`)
  }
}
