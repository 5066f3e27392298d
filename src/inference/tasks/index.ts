/** Tasks by the id that a manifest gives. A new one is one new file plus one line here. */

import { type PictureSettings, type PictureTask, photoToPicture } from './photoToPicture'
import { portraitDrawing } from './portraitDrawing'
import { readFace } from './readFace'
import { sketchToFace } from './sketchToFace'
import type { Task, TaskSettings } from './task'
import { turnedToFrontal } from './turnedToFrontal'

export const TASKS = { sketchToFace, readFace, photoToPicture, portraitDrawing, turnedToFrontal } as const
export type TaskId = keyof typeof TASKS
export const TASK_IDS = Object.keys(TASKS) as TaskId[]

/** What a manifest says of its task. */
export type ManifestTask = { [K in TaskId]: ReturnType<(typeof TASKS)[K]['parseManifest']> }[TaskId]

/** A task with its types hidden: whoever runs golden fixtures passes settings and arrays through. */
export type AnyTask = Task<TaskSettings, unknown, unknown>

export function taskOf(id: TaskId): AnyTask {
  return TASKS[id] as unknown as AnyTask
}

/** Whether a model makes pictures of photos. */
export function isPictureSettings(settings: ManifestTask): settings is Extract<ManifestTask, PictureSettings> {
  return 'style' in settings
}

/** The task of such a model. */
export function pictureTaskOf({ id }: PictureSettings): PictureTask<PictureSettings> {
  return TASKS[id as TaskId] as unknown as PictureTask<PictureSettings>
}
