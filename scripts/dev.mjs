/** `npm run dev`: the development server with hot reload (without the production policy, which hot reload cannot live under). */

import './requireNode.mjs'

import('./install.mjs').then(async ({ ensureInstalled }) => {
  const { runMain, runTool } = await import('./run.mjs')
  await runMain(async () => {
    await ensureInstalled()
    return runTool('vite/bin/vite.js', process.argv.slice(2))
  })
})
