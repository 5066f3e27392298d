/** Tasks by the id that a manifest gives. A new one is one new file plus one line here. */

import { sketchToFace } from './sketchToFace'
import type { Task, TaskSettings } from './task'

export const TASKS = { sketchToFace } as const
export type TaskId = keyof typeof TASKS
export const TASK_IDS = Object.keys(TASKS) as TaskId[]

/** What a manifest says of its task. */
export type ManifestTask = { [K in TaskId]: ReturnType<(typeof TASKS)[K]['parseManifest']> }[TaskId]

/** A task with its types hidden: whoever runs golden fixtures passes settings and arrays through. */
export type AnyTask = Task<TaskSettings, unknown, unknown>

export function taskOf(id: TaskId): AnyTask {
  return TASKS[id] as unknown as AnyTask
}
