/** Whole đồng as they are read: `26.000 đ`. */
export function showDong(amount: number): string {
  return `${String(amount).replaceAll(/\B(?=(?:\d{3})+$)/g, '.')} đ`;
}
