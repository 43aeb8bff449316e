import type { ArchiveContents } from '../archive.ts';
import type { Link } from './scan-store.ts';

/** An archive that lies where nobody has a link to it yet. */
export interface KeptArchive {
  readonly key: string;
  readonly dossierId: string;
  /** Bytes. */
  readonly size: number;
  /** SHA-256 of its manifest in hexadecimal: everything in it hangs on it. */
  readonly digest: string;
}

/** Makes archives; each goes by itself after a day. */
export interface Archives {
  keep(contents: ArchiveContents): Promise<KeptArchive>;
  /** A link that lives for minutes. */
  link(archive: KeptArchive): Promise<Link>;
}
