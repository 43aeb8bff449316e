/**
 * The first thing a newcomer can send: a counter dossier for a criminal record, from the clerk of the post office of
 * Bắc Kạn. The person is made up.
 */
export const firstRequest = {
  role: 'clerk',
  unit: 'PO-BACKAN',
  path: '/v1/dossiers',
  body: {
    frontDoor: 'counter',
    procedureCode: '2.000488',
    agencyId: 'AG-PASC-BACKAN',
    communeId: 'CM-01840',
    applicant: { fullName: 'Nguyễn Thị Ví Dụ', phone: '0900000001', address: 'Tổ 1, phường Đức Xuân' },
  },
} as const;
