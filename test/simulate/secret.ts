/** A name that may stand with the people's data alone. */
export const secretName = 'Nguyễn Thị Bí Mật';
