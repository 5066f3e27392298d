/** `npm run bench`: one JSON object about speed and locality of the shipped model, and how long the fine one takes. */

import { spawnSync } from 'node:child_process'
import { cpus, loadavg, platform, release } from 'node:os'
import { join } from 'node:path'
import { readFrom } from '../src/cli/platform'
import { type LoadedModel, loadIndex, loadModel } from '../src/inference/loadModel'
import { benchBrowser } from './browserBench'
import { benchCases } from './casesBench'
import { benchCrowded } from './crowdedBench'
import { benchFineTuning } from './fineTuningBench'
import { benchLocality } from './localityBench'
import { benchNode, macsOf, openSession } from './nodeBench'
import { type BenchOptions, HELP, parseOptions } from './options'
import { benchTraining } from './trainingBench'
import { benchWhileTraining } from './whileTrainingBench'

export async function main(args: readonly string[], root: string): Promise<number> {
  let options: BenchOptions
  try {
    options = parseOptions(args)
  } catch (error) {
    log(`${error instanceof Error ? error.message : error}\n\n${HELP}`)
    return 2
  }
  if (options.help) {
    process.stdout.write(HELP)
    return 0
  }
  try {
    process.stdout.write(`${JSON.stringify(await bench(options, root), null, 2)}\n`)
    return 0
  } catch (error) {
    log(error instanceof Error ? error.message : String(error))
    return 1
  }
}

function log(message: string): void {
  process.stderr.write(`bench: ${message}\n`)
}

async function bench({ parts, backends, modelId, repeats, faces, data, steps }: BenchOptions, root: string) {
  const read = readFrom(join(root, 'public', 'models'))
  const index = await loadIndex(read)
  const model = await loadModel(read, modelId ?? index.defaultId)
  const report: Record<string, unknown> = {
    version: 1,
    date: new Date().toISOString(),
    machine: describeMachine(),
    model: describeModel(model),
  }
  let baselineMs: number | null = null
  if (parts.includes('node') || parts.includes('browser')) {
    log('Node, wasm …')
    const node = await benchNode(model, repeats)
    baselineMs = node.baselineMs
    report.node = node
  }
  const fine = index.models.find(({ id, role }) => role === 'fine' && id !== model.manifest.id)
  if (fine && parts.includes('node')) {
    log(`Node, wasm, ${fine.id} …`)
    const finer = await loadModel(read, fine.id)
    report.fine = { model: describeModel(finer), node: await benchNode(finer, repeats) }
  }
  if (parts.includes('training')) {
    log('training, wasm …')
    report.training = await benchTraining(Math.ceil(repeats / 5))
  }
  if (parts.includes('fine-tuning')) {
    if (!data) throw new Error('--part fine-tuning needs --data FOLDER; see --help.')
    log('fine-tuning, wasm …')
    report.fineTuning = await benchFineTuning(join(root, 'public', 'models'), data, steps)
  }
  if (parts.includes('locality')) {
    log('locality …')
    const { session } = await openSession(model)
    report.locality = await benchLocality(session, faces)
    session.dispose()
  }
  if (parts.includes('browser')) {
    buildStudio(root)
    report.browser = await benchBrowser({ root, backends, modelId, repeats, baselineMs, log })
  }
  if (parts.includes('crowded')) {
    buildStudio(root)
    report.crowded = await benchCrowded(join(root, 'dist'), log)
  }
  if (parts.includes('cases')) report.cases = await benchCases(log)
  if (parts.includes('while-training')) {
    buildStudio(root)
    report.whileTraining = await benchWhileTraining(join(root, 'dist'), repeats, log)
  }
  return report
}

function describeModel(model: LoadedModel) {
  const { id, role, task } = model.manifest
  return { id, role, sizePx: task.sizePx, macs: macsOf(model), bytes: model.bytes }
}

/** In a process of its own, whose words go to standard error. */
function buildStudio(root: string): void {
  const script = "import('./scripts/build.mjs').then(({ ensureBuilt }) => ensureBuilt())"
  const { status } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { cwd: root, stdio: ['ignore', 2, 2] })
  if (status !== 0) throw new Error('The studio could not be built (see above).')
}

function describeMachine() {
  const processors = cpus()
  return {
    processor: processors[0]?.model ?? 'unknown',
    cores: processors.length,
    load: Number((loadavg()[0] ?? 0).toFixed(2)),
    platform: `${platform()} ${release()}`,
    node: process.version,
  }
}
