import * as z from 'zod';
import { paper } from './paper.ts';

/** The two services that have a slip of their own (TT17 art. 4, 9(2)i-k). */
export const slipServices = ['send', 'return'] as const;

/** The slip (Phiếu gửi hồ sơ) in two copies: the contract between the post and whoever sends (TT17 art. 9). */
export const showSlip = paper(
  'show-slip',
  '/v1/dossiers/{dossierId}/slip',
  { en: 'Print the slip', vi: 'In phiếu gửi hồ sơ' },
  ['UnknownDossier', 'NoSuchPaper'],
  {
    service: z
      .enum(slipServices)
      .default('send')
      .meta({ description: 'Of the dossier on its way in, or of the result on its way home.' }),
  },
);
