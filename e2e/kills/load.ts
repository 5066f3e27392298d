/** Makes the machine busy: processes that do nothing but count. */

import { type ChildProcess, spawn } from 'node:child_process'

export interface Load {
  stop(): void
}

export function startLoad(processes: number): Load {
  const children: ChildProcess[] = Array.from({ length: processes }, () =>
    spawn(process.execPath, ['-e', 'for (let i = 0; ; i++) Math.sqrt(i)'], { stdio: 'ignore' }),
  )
  return {
    stop: () => {
      for (const child of children) child.kill('SIGKILL')
    },
  }
}
