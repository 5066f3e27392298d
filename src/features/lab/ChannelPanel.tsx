/** The strongest channels of the chosen layer in both models: what each answers to, where that moves with the edit, and what its norm measures before and after. */

import { useMemo } from 'react'
import { useStore } from 'zustand'
import type { ChannelChange, NormMeasures } from '../../workers/protocol'
import { useMessages } from '../ui/i18n/I18n'
import { activityImage, changeImage, channelMoves, strongestValue } from './changes'
import { percentText, valueText } from './numbers'
import { Picture } from './Picture'
import type { LabRoom } from './room'
import type { EditStudy } from './roomTypes'
import { SideStudies } from './SideStudies'

export function ChannelPanel({ room }: { room: LabRoom }) {
  const m = useMessages()
  const layer = useStore(room.store, (state) => state.layer)
  return (
    <section className="lab-changes" aria-label={m.lab.channelsTitle}>
      <h3>{m.lab.channelsOf(`L${layer}`)}</h3>
      <p className="muted">{m.lab.channelsNote}</p>
      <SideStudies room={room} className="lab-channel-row">
        {(study) => (
          <ol>
            {study.plain.channels.map((channel, rank) => (
              <li key={channel.channel}>
                <Channel study={study} channel={channel} held={study.held.channels[rank]?.change ?? null} />
              </li>
            ))}
          </ol>
        )}
      </SideStudies>
    </section>
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
