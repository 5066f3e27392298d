/** The studio's icons: 24-unit line drawings in the text colour, hidden from screen readers (the control has the name). */

const PATHS = {
  pen: 'M4 20l1-4.2L16.4 4.4a2.1 2.1 0 0 1 3 3L8 18.9zM14.2 6.6l3 3',
  eraser:
    'M9.6 19.5H20M4.7 13.6l8.6-8.6a2 2 0 0 1 2.8 0l3.1 3.1a2 2 0 0 1 0 2.8l-8.6 8.6H8.4l-3.7-3.7a1.6 1.6 0 0 1 0-2.2zM9.2 9.2l5.8 5.8',
  select: 'M5.5 3.8l13 7.1-5.9 1.5-2.6 5.6zM12.8 13l4.2 6.2',
  reshape: 'M4.5 17C6.5 5.5 17 18.5 19.5 7M4.5 19.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4M19.5 8.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4',
  pan: 'M12 3v18M3 12h18M9.5 5.5 12 3l2.5 2.5M9.5 18.5 12 21l2.5-2.5M5.5 9.5 3 12l2.5 2.5M18.5 9.5 21 12l-2.5 2.5',
  undo: 'M8.5 4.5 4 9l4.5 4.5M4 9h10.5a5.3 5.3 0 0 1 0 10.6H10',
  redo: 'M15.5 4.5 20 9l-4.5 4.5M20 9H9.5a5.3 5.3 0 0 0 0 10.6H14',
  meanFace:
    'M12 3.2c4.3 0 6.8 3.1 6.8 7.6 0 6-2.8 10.2-6.8 10.2s-6.8-4.2-6.8-10.2c0-4.5 2.5-7.6 6.8-7.6zM8.3 10c.6-.5 1.6-.5 2.2 0M13.5 10c.6-.5 1.6-.5 2.2 0M12 11v3M9.9 17c1.3.8 2.9.8 4.2 0',
  symmetry: 'M12 3v3M12 8.5v3M12 14v3M12 19.5V21M9 7.5 3.5 17H9zM15 7.5l5.5 9.5H15z',
  underlay: 'M12 4l8.5 4.5L12 13 3.5 8.5zM3.5 12.5 12 17l8.5-4.5M3.5 16.5 12 21l8.5-4.5',
  clear: 'M6 3.5h8.5l3.5 3.5v13.5H6zM9.5 11.5l5 5M14.5 11.5l-5 5',
  plus: 'M12 5v14M5 12h14',
  minus: 'M5 12h14',
  fit: 'M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5',
  compare: 'M4 5.5h16v13H4zM12 2.5v19M7 9l2 0M7 12h2M7 15h2',
  enlarge: 'M14 4h6v6M20 4l-7 7M10 20H4v-6M4 20l7-7',
  download: 'M12 4v11M7.5 11 12 15.5l4.5-4.5M5 20h14',
  upload: 'M12 15.5V4.5M7.5 8.5 12 4l4.5 4.5M5 20h14',
  columns: 'M3.5 5h4.700v14H3.500zM9.700 5h4.700v14H9.700zM15.900 5h4.600v14h-4.600z',
  heat: 'M12 13.2a1.2 1.2 0 1 0 0-2.4 1.2 1.2 0 0 0 0 2.4M12 16.8a4.8 4.8 0 1 0 0-9.6 4.8 4.8 0 0 0 0 9.6M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17',
  hold: 'M9 3.5h6M10 3.5l-.6 6.3L6.5 13v1.5h11V13l-2.9-3.2-.6-6.3M12 14.5v6.5',
  lock: 'M6 11h12v9H6zM8.5 11V7.5a3.5 3.5 0 0 1 7 0V11',
  plain: 'M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16',
  sliders:
    'M4 7h8M16.5 7H20M14.2 9.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4M4 17h3.5M12 17h8M9.8 19.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4',
  sketches: 'M4 4h7v7H4zM13.5 4h6.5v7h-6.5zM4 13.5h7V20H4zM13.5 13.5h6.5V20h-6.5z',
  file: 'M6 3.5h8.5L18 7v13.5H6zM14 3.5V7.5h4',
  menu: 'M4 7h16M4 12h16M4 17h16',
  more: 'M6 12h.01M12 12h.01M18 12h.01',
  help: 'M9 9.2a3 3 0 1 1 4.4 2.6c-.9.5-1.4 1.2-1.4 2.2M12 17.5h.01',
  light:
    'M12 15.8a3.8 3.8 0 1 0 0-7.6 3.8 3.8 0 0 0 0 7.6M12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6 7 7M17 17l1.4 1.4M18.4 5.6 17 7M7 17l-1.4 1.4',
  dark: 'M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10z',
  system: 'M4 5h16v11H4zM9 20h6M12 16v4',
  language: 'M4 6h9M8.5 4v2M11 6c-.8 3.5-3 6.2-6.5 8M6 9c1.2 2.2 3 3.9 5.5 5M12.5 20l4-10 4 10M14 17h5',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  close: 'M6 6l12 12M18 6 6 18',
  chevronDown: 'M7 10l5 5 5-5',
  trash: 'M5 7h14M10 7V4.5h4V7M7 7l.8 13h8.4L17 7M10.5 10.5v6M13.5 10.5v6',
  duplicate: 'M9 9h11v11H9zM15 9V4H4v11h5',
  flip: 'M12 4v16M8.5 8 4 12l4.5 4M15.5 8 20 12l-4.5 4',
  search: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13M15.3 15.3 20 20',
  warning: 'M12 4 2.8 20h18.4zM12 10v4.5M12 17.3h.01',
  shield: 'M12 3.5l7 2.5v5.5c0 4.3-2.9 7.3-7 9-4.1-1.7-7-4.7-7-9V6zM9 12l2.2 2.2L15.2 10',
  options: 'M4 6.5h16M4 12h16M4 17.5h16M8 4.5v4M16 10v4M10 15.5v4',
} as const

export type IconName = keyof typeof PATHS

export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg className="icon" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  )
}
