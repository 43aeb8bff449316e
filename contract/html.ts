/** What pages are made of: they hold no script, and style themselves. */

export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** A whole page in Vietnamese. @param title as text @param body as HTML */
export function page(title: string, style: string, body: string): string {
  return `<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>
:root { color-scheme: light; }
${style}
</style>
</head>
<body>
${body}
</body>
</html>
`;
}
