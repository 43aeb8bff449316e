import { buildSync } from 'esbuild';
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';

/** The script of the page that checks slips, and its hash as a content security policy names it. */
export function slipCheckScript(): { readonly hash: string; readonly script: string } {
  const { outputFiles } = buildSync({
    entryPoints: [fileURLToPath(new URL('../client/check-slip-page.js', import.meta.url))],
    bundle: true,
    minify: true,
    format: 'iife',
    charset: 'utf8',
    target: 'es2022',
    write: false,
  });
  // Within a page nothing of it may look like its end.
  const script = (outputFiles[0]?.text ?? '').trim().replaceAll('</script', String.raw`<\/script`);
  return { hash: `sha256-${createHash('sha256').update(script).digest('base64')}`, script };
}
