/**
 * What became of Vietnamese numbers that are no more.
 * Mobile numbers of eleven digits ended on 15 September 2018 (Quyết định 798/QĐ-BTTTT), area codes of before 2017 in
 * three stages that year (Quyết định 2036/QĐ-BTTTT of 2016).
 */
const mobilePrefixes: Readonly<Record<string, string>> = {
  '0120': '070',
  '0121': '079',
  '0122': '077',
  '0126': '076',
  '0128': '078',
  '0123': '083',
  '0124': '084',
  '0125': '085',
  '0127': '081',
  '0129': '082',
  '0162': '032',
  '0163': '033',
  '0164': '034',
  '0165': '035',
  '0166': '036',
  '0167': '037',
  '0168': '038',
  '0169': '039',
  '0186': '056',
  '0188': '058',
  '0199': '059',
};

/** Old area codes with their new ones; the longer ones first, for `0230` is not `023`. */
const areaCodes: readonly (readonly [string, string])[] = [
  ['0230', '0215'],
  ['0231', '0213'],
  ['0240', '0204'],
  ['0241', '0222'],
  ['0280', '0208'],
  ['0281', '0209'],
  ['0320', '0220'],
  ['0321', '0221'],
  ['0350', '0228'],
  ['0351', '0226'],
  ['0500', '0262'],
  ['0501', '0261'],
  ['0510', '0235'],
  ['0511', '0236'],
  ['0650', '0274'],
  ['0651', '0271'],
  ['0710', '0292'],
  ['0711', '0293'],
  ['0780', '0290'],
  ['0781', '0291'],
  ['020', '0214'],
  ['022', '0212'],
  ['025', '0205'],
  ['026', '0206'],
  ['027', '0207'],
  ['029', '0216'],
  ['030', '0229'],
  ['031', '0225'],
  ['033', '0203'],
  ['036', '0227'],
  ['037', '0237'],
  ['038', '0238'],
  ['039', '0239'],
  ['052', '0232'],
  ['053', '0233'],
  ['054', '0234'],
  ['055', '0255'],
  ['056', '0256'],
  ['057', '0257'],
  ['058', '0258'],
  ['059', '0269'],
  ['060', '0260'],
  ['061', '0251'],
  ['062', '0252'],
  ['063', '0263'],
  ['064', '0254'],
  ['066', '0276'],
  ['067', '0277'],
  ['068', '0259'],
  ['070', '0270'],
  ['072', '0272'],
  ['073', '0273'],
  ['074', '0294'],
  ['075', '0275'],
  ['076', '0296'],
  ['077', '0297'],
  ['079', '0299'],
  ['04', '024'],
  ['08', '028'],
];

/** Digits of a subscriber behind the area code: eight in Hà Nội and Thành phố Hồ Chí Minh, seven elsewhere. */
function subscriberDigits(newArea: string): number {
  return newArea.length === 3 ? 8 : 7;
}

/**
 * The number that an abolished one became.
 * @param national digits only, beginning with 0, of a number that the plan of today does not know
 * @returns the number of today, or undefined when it never was one
 */
export function successorOf(national: string): string | undefined {
  const mobile = mobilePrefixes[national.slice(0, 4)];
  if (mobile !== undefined && national.length === 11) return mobile + national.slice(4);
  const area = areaCodes.find(
    ([old, now]) => national.startsWith(old) && national.length === old.length + subscriberDigits(now),
  );
  return area === undefined ? undefined : area[1] + national.slice(area[0].length);
}
