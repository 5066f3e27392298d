/** Runs other programs from the repository's root, with their output on this terminal. */

import { spawn } from 'node:child_process'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The repository's root. */
export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..')

/** A failure that its message explains fully: shown without a stack. */
export class PlainError extends Error {}

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ env?: Record<string, string>, timeoutMs?: number, onOutput?: (text: string) => void }} [options]
 *   `onOutput` also gets what the program prints.
 * @returns {Promise<number>} the exit code; 127 where the program cannot be started, 124 where it ran past its time
 */
export function run(command, args, { env = {}, timeoutMs = 0, onOutput } = {}) {
  return new Promise((done) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      env: { ...process.env, ...env },
      stdio: ['ignore', onOutput ? 'pipe' : 'inherit', onOutput ? 'pipe' : 'inherit'],
    })
    let timedOut = false
    const timer = timeoutMs
      ? setTimeout(() => {
          timedOut = true
          child.kill('SIGKILL')
        }, timeoutMs)
      : undefined
    child.stdout?.on('data', (chunk) => {
      process.stdout.write(chunk)
      onOutput?.(String(chunk))
    })
    child.stderr?.on('data', (chunk) => {
      process.stderr.write(chunk)
      onOutput?.(String(chunk))
    })
    child.on('error', (error) => {
      console.error(`${command}: ${error.message}`)
      clearTimeout(timer)
      done(127)
    })
    child.on('close', (code) => {
      clearTimeout(timer)
      if (timedOut) console.error(`${command} was stopped after ${Math.round(timeoutMs / 1000)} seconds.`)
      done(timedOut ? 124 : (code ?? 1))
    })
  })
}

/**
 * Runs a tool of node_modules with this Node, so that no shell and no PATH is involved.
 * @param {string} script path of the tool's entry under node_modules
 * @param {readonly string[]} args
 * @param {Parameters<typeof run>[2]} [options]
 */
export function runTool(script, args, options) {
  return run(process.execPath, [resolve(ROOT, 'node_modules', script), ...args], options)
}

/**
 * Ends the process by what `main` gives or throws.
 * @param {() => Promise<number | void>} main
 */
export async function runMain(main) {
  try {
    process.exitCode = (await main()) ?? process.exitCode ?? 0
  } catch (error) {
    console.error(error instanceof PlainError ? error.message : error)
    process.exitCode = 1
  }
}
