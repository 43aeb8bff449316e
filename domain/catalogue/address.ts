import type { Commune } from './communes.ts';
import type { Name } from './provenance.ts';

const province: Name = { vi: 'tỉnh Thái Nguyên', en: 'Thai Nguyen province' };

/** Where a unit stands, as far as it is known: streets and numbers are in no data of ours. */
export function addressOf(commune: Commune | undefined): Name {
  return commune === undefined
    ? province
    : { vi: `${commune.name.vi}, ${province.vi}`, en: `${commune.name.en}, ${province.en}` };
}
