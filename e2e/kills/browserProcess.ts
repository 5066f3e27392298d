/** A Chromium of our own, in a process group of its own, that can be killed as a power switch would: all of it, at once. */

import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, chromium } from '@playwright/test'
import { findChromium, NO_CHROMIUM } from '../../scripts/findChromium.mjs'

const START_TIMEOUT_MS = 60_000
const ARGUMENTS = [
  '--headless=new',
  '--no-sandbox',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--remote-debugging-port=0',
  '--window-size=1440,900',
]

export interface BrowserProcess {
  readonly browser: Browser
  /** SIGKILL to the whole group. @returns when it was sent */
  kill(): Promise<number>
}

export async function startBrowser(profile: string): Promise<BrowserProcess> {
  const executable = process.env.CHROMIUM_PATH ?? findChromium()
  if (!executable) throw new Error(NO_CHROMIUM)
  const portFile = join(profile, 'DevToolsActivePort')
  rmSync(portFile, { force: true })
  const child = spawn(executable, [...ARGUMENTS, `--user-data-dir=${profile}`, 'about:blank'], { detached: true, stdio: 'ignore' })
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${await debuggingPort(portFile, child)}`)
  return { browser, kill: () => killGroup(child) }
}

async function debuggingPort(portFile: string, child: ChildProcess): Promise<number> {
  const until = Date.now() + START_TIMEOUT_MS
  while (Date.now() < until && child.exitCode === null) {
    const port = existsSync(portFile) ? Number(readFileSync(portFile, 'utf8').split('\n')[0]) : 0
    if (port > 0) return port
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  await killGroup(child)
  throw new Error('Chromium did not start.')
}

async function killGroup(child: ChildProcess): Promise<number> {
  const ended = new Promise((resolve) =>
    child.exitCode === null && child.signalCode === null ? child.once('exit', resolve) : resolve(null),
  )
  const at = Date.now()
  if (child.pid) {
    try {
      process.kill(-child.pid, 'SIGKILL')
    } catch {
      // It has ended by itself.
    }
  }
  await ended
  return at
}
