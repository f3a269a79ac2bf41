import { tokens } from '@fluentui/react-components'
import { syntaxTree } from '@codemirror/language'
import { RangeSetBuilder, type Extension } from '@codemirror/state'
import { Decoration, EditorView, ViewPlugin, type DecorationSet, type ViewUpdate } from '@codemirror/view'

/** The editor in the colours of the window, whatever its theme. */
export const editorTheme: Extension = EditorView.theme({
  '&': { height: '100%', backgroundColor: tokens.colorNeutralBackground1, color: tokens.colorNeutralForeground1, fontSize: tokens.fontSizeBase200 },
  '&.cm-focused': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  '.cm-scroller': { fontFamily: tokens.fontFamilyMonospace, lineHeight: '1.5' },
  '.cm-content': { caretColor: tokens.colorNeutralForeground1 },
  '.cm-cursor': { borderLeftColor: tokens.colorNeutralForeground1 },
  '.cm-gutters': { backgroundColor: tokens.colorNeutralBackground2, color: tokens.colorNeutralForeground2, borderRight: `1px solid ${tokens.colorNeutralStroke2}` },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: tokens.colorSubtleBackgroundHover },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': { backgroundColor: tokens.colorBrandBackground2Pressed },
  '.cm-tooltip': { backgroundColor: tokens.colorNeutralBackground1, color: tokens.colorNeutralForeground1, border: `1px solid ${tokens.colorNeutralStroke1}`, borderRadius: tokens.borderRadiusMedium, boxShadow: tokens.shadow8 },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: tokens.fontFamilyMonospace },
  '.cm-tooltip-autocomplete ul li[aria-selected]': { backgroundColor: tokens.colorBrandBackground, color: tokens.colorNeutralForegroundOnBrand },
  '.cm-tooltip-autocomplete ul li[aria-selected] .cm-completionDetail': { color: tokens.colorNeutralForegroundOnBrand },
  '.cm-completionDetail': { color: tokens.colorNeutralForeground2, fontStyle: 'normal' },
  '.cm-panels': { backgroundColor: tokens.colorNeutralBackground2, color: tokens.colorNeutralForeground1 },
  '.gb-name': { color: tokens.colorBrandForeground2 },
  '.gb-text': { color: tokens.colorPaletteGreenForeground1 },
  '.gb-value': { color: tokens.colorPalettePurpleForeground2 },
})

const marks = {
  PropertyName: Decoration.mark({ class: 'gb-name' }), String: Decoration.mark({ class: 'gb-text' }),
  Number: Decoration.mark({ class: 'gb-value' }), True: Decoration.mark({ class: 'gb-value' }), False: Decoration.mark({ class: 'gb-value' }), Null: Decoration.mark({ class: 'gb-value' }),
} as const

/** Keys, texts and values of JSON as classes, so that their colours come from the theme. */
export const jsonColours: Extension = ViewPlugin.fromClass(class {
  decorations: DecorationSet
  constructor(view: EditorView) {
    this.decorations = colour(view)
  }
  update(update: ViewUpdate): void {
    if (update.docChanged || update.viewportChanged || syntaxTree(update.startState) !== syntaxTree(update.state)) this.decorations = colour(update.view)
  }
}, { decorations: ({ decorations }) => decorations })

function colour(view: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>()
  for (const { from, to } of view.visibleRanges) {
    syntaxTree(view.state).iterate({ from, to, enter: (node) => { if (isColoured(node.name)) builder.add(node.from, node.to, marks[node.name]) } })
  }
  return builder.finish()
}

function isColoured(name: string): name is keyof typeof marks {
  return Object.hasOwn(marks, name)
}
