import { describe, expect, it } from '@jest/globals';
import { successorOf } from '../../../domain/codes/phone-plan.ts';

/** As the papers printed them in 2017: old area code, new one (Quyết định 2036/QĐ-BTTTT, three stages). */
const areas = `
  Sơn La 022 0212 · Lai Châu 0231 0213 · Lào Cai 020 0214 · Điện Biên 0230 0215 · Yên Bái 029 0216
  Quảng Bình 052 0232 · Quảng Trị 053 0233 · Thừa Thiên Huế 054 0234 · Quảng Nam 0510 0235 · Đà Nẵng 0511 0236
  Thanh Hóa 037 0237 · Nghệ An 038 0238 · Hà Tĩnh 039 0239
  Quảng Ninh 033 0203 · Bắc Giang 0240 0204 · Lạng Sơn 025 0205 · Cao Bằng 026 0206 · Tuyên Quang 027 0207
  Thái Nguyên 0280 0208 · Bắc Kạn 0281 0209 · Hải Dương 0320 0220 · Hưng Yên 0321 0221 · Bắc Ninh 0241 0222
  Hải Phòng 031 0225 · Hà Nam 0351 0226 · Thái Bình 036 0227 · Nam Định 0350 0228 · Ninh Bình 030 0229
  Cà Mau 0780 0290 · Bạc Liêu 0781 0291 · Cần Thơ 0710 0292 · Hậu Giang 0711 0293 · Trà Vinh 074 0294
  An Giang 076 0296 · Kiên Giang 077 0297 · Sóc Trăng 079 0299
  Hà Nội 04 024 · Thành phố Hồ Chí Minh 08 028 · Đồng Nai 061 0251 · Bình Thuận 062 0252
  Bà Rịa - Vũng Tàu 064 0254 · Quảng Ngãi 055 0255 · Bình Định 056 0256 · Phú Yên 057 0257 · Khánh Hòa 058 0258
  Ninh Thuận 068 0259 · Kon Tum 060 0260 · Đắk Nông 0501 0261 · Đắk Lắk 0500 0262 · Lâm Đồng 063 0263
  Gia Lai 059 0269 · Vĩnh Long 070 0270 · Bình Phước 0651 0271 · Long An 072 0272 · Tiền Giang 073 0273
  Bình Dương 0650 0274 · Bến Tre 075 0275 · Tây Ninh 066 0276 · Đồng Tháp 067 0277`;

/** By operator: mobile numbers of eleven digits until September 2018, and how those of ten begin since. */
const mobiles = `
  MobiFone 0120 070 · MobiFone 0121 079 · MobiFone 0122 077 · MobiFone 0126 076 · MobiFone 0128 078
  VinaPhone 0123 083 · VinaPhone 0124 084 · VinaPhone 0125 085 · VinaPhone 0127 081 · VinaPhone 0129 082
  Viettel 0162 032 · Viettel 0163 033 · Viettel 0164 034 · Viettel 0165 035 · Viettel 0166 036 · Viettel 0167 037
  Viettel 0168 038 · Viettel 0169 039 · Vietnamobile 0186 056 · Vietnamobile 0188 058 · Gmobile 0199 059`;

function rows(text: string): readonly (readonly [whose: string, old: string, now: string])[] {
  return [...text.matchAll(/(\p{L}[\p{L} -]*?) (0\d+) (0\d+)/gu)].map(([, whose = '', old = '', now = '']) => [
    whose,
    old,
    now,
  ]);
}

describe('an area code of before 2017', () => {
  it('an area code of before 2017 had a new one in 59 provinces and cities', () => {
    expect(rows(areas)).toHaveLength(59);
  });

  it.each(rows(areas))('the area code of %s, %s, is %s today', (_where, old, now) => {
    const subscriber = now.length === 3 ? '38251234' : '3825123';
    expect(successorOf(`${old}${subscriber}`)).toBe(`${now}${subscriber}`);
  });

  it.each(rows(areas))('the area code of %s, %s, is none with a digit too few or too many', (_where, old, now) => {
    const subscriber = now.length === 3 ? '38251234' : '3825123';
    expect(successorOf(`${old}${subscriber.slice(1)}`)).not.toBe(`${now}${subscriber.slice(1)}`);
    expect(successorOf(`${old}${subscriber}9`)).not.toBe(`${now}${subscriber}9`);
  });

  it.each(['0210', '0211', '0218', '0219'])('an area code that never changed, %s, has no successor', (area) => {
    expect(successorOf(`${area}3825123`)).toBeUndefined();
  });
});

describe('a mobile number of eleven digits', () => {
  it.each(rows(mobiles))('a mobile number of %s, %s, begins with %s today', (_whose, old, now) => {
    expect(successorOf(`${old}1234567`)).toBe(`${now}1234567`);
    expect(successorOf(`${old}12345678`)).toBeUndefined();
  });

  it.each(['01601234567', '01301234567', '01991234', ''])(
    'a mobile number that nobody had, %j, has no successor',
    (number) => {
      expect(successorOf(number)).toBeUndefined();
    },
  );
});
