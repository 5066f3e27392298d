/** The strongest channels of the chosen layer in both models: what each answers to, where that moves with the edit, and what its norm measures before and after. */

import { useMemo } from 'react'
import { useStore } from 'zustand'
import type { ChannelChange, NormMeasures } from '../../workers/protocol'
import { useLocalized, useMessages } from '../ui/i18n/I18n'
import { activityImage, changeImage, channelMoves, strongestValue } from './changes'
import { percentText, valueText } from './numbers'
import { Picture } from './Picture'
import type { LabRoom } from './room'
import { type EditStudy, SIDES, type Side } from './roomTypes'

export function ChannelPanel({ room }: { room: LabRoom }) {
  const m = useMessages()
  const layer = useStore(room.store, (state) => state.layer)
  return (
    <section className="lab-changes" aria-label={m.lab.channelsTitle}>
      <h3>{m.lab.channelsOf(`L${layer}`)}</h3>
      <p className="muted">{m.lab.channelsNote}</p>
      {SIDES.map((side) => (
        <ModelChannels key={side} room={room} side={side} />
      ))}
    </section>
  )
}

function ModelChannels({ room, side }: { room: LabRoom; side: Side }) {
  const text = useLocalized()
  const id = useStore(room.store, (state) => state.sides[side])
  const study = useStore(room.store, (state) => state.studies[id ?? ''])
  const name = room.port.models.list().find((model) => model.id === id)?.name
  if (!study) return null
  return (
    <div className="lab-channel-row" data-side={side}>
      <h4>{name ? text(name) : id}</h4>
      <ol>
        {study.plain.channels.map((channel, rank) => (
          <li key={channel.channel}>
            <Channel study={study} channel={channel} held={study.held.channels[rank]?.change ?? null} />
          </li>
        ))}
      </ol>
    </div>
  )
}

function Channel({ study, channel, held }: { study: EditStudy; channel: ChannelChange; held: number | null }) {
  const m = useMessages()
  const activity = useMemo(() => activityImage(channel.after, strongestValue(channel)), [channel])
  const moves = useMemo(() => changeImage(channelMoves(channel)), [channel])
  const norm = study.plain.layers[study.layer]?.norm
  const number = channel.channel + 1
  return (
    <figure>
      <span className="lab-pair">
        <Picture image={activity} px={channel.px} name={m.lab.channelActivity(number)} />
        <Picture image={moves} px={channel.px} name={m.lab.channelMoves(number)} />
      </span>
      <figcaption>
        <b>{m.lab.channel(number)}</b> {m.lab.channelChange(percentText(channel.change), percentText(held))}
        {norm ? <span className="muted">{m.lab.channelNorm(measured(norm.before, channel), measured(norm.after, channel))}</span> : null}
      </figcaption>
    </figure>
  )
}

function measured({ mean, deviation }: NormMeasures, { channel }: ChannelChange): readonly [mean: string, deviation: string] {
  return [valueText(mean[channel] ?? 0), valueText(deviation[channel] ?? 0)]
}
