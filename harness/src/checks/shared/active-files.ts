/** A file that would do something when a browser shows it as a page. */
export interface ActiveFile {
  about: string
  name: string
  /** As it was stored; without one the storage host has no type to tell. */
  mimeType: string | undefined
  /** A content that writes `<marker> in <origin>` to the console when it runs. */
  contentFor(marker: string): string
}

const said = (marker: string) => `console.log("${marker} in " + self.origin)`

const html = (marker: string) =>
  `<!doctype html><html><body><h1>x</h1><script>${said(marker)}</script><img src="data:," onerror='${said(marker)}'></body></html>`

const xml = (marker: string) =>
  `<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body><script>${said(marker)}</script></body></html>`

const svg = (marker: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" onload='${said(marker)}'><script>${said(marker)}</script></svg>`

const pdf = (marker: string) =>
  `%PDF-1.4\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(${said(marker)})>>>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF`

/** The types that browsers run, and contents whose type does not tell what they are. */
export const ACTIVE_FILES: readonly ActiveFile[] = [
  { about: 'HTML', name: 'page.html', mimeType: 'text/html', contentFor: html },
  {
    about: 'HTML with a charset and capitals',
    name: 'page.htm',
    mimeType: 'Text/HTML; charset=utf-8',
    contentFor: html,
  },
  { about: 'SVG', name: 'picture.svg', mimeType: 'image/svg+xml', contentFor: svg },
  { about: 'XHTML', name: 'page.xhtml', mimeType: 'application/xhtml+xml', contentFor: xml },
  { about: 'XML', name: 'data.xml', mimeType: 'text/xml', contentFor: xml },
  { about: 'a script', name: 'code.js', mimeType: 'application/javascript', contentFor: said },
  { about: 'PDF', name: 'paper.pdf', mimeType: 'application/pdf', contentFor: pdf },
  { about: 'HTML without a type', name: 'page', mimeType: undefined, contentFor: html },
  { about: 'HTML that says it is PNG', name: 'photo.png', mimeType: 'image/png', contentFor: html },
  {
    about: 'HTML that says it is text',
    name: 'notes.txt',
    mimeType: 'text/plain',
    contentFor: html,
  },
]
