/** A telephone number as people read it out: "+86 138 0013 8000". Foreign ones stay as they came. */
export function phoneInWords(phone: string): string {
  const mobile = /^\+86(1\d\d)(\d{4})(\d{4})$/.exec(phone);
  return mobile ? `+86 ${mobile[1]} ${mobile[2]} ${mobile[3]}` : phone;
}

/** The address that dials a number; none if it is not plainly one. */
export function dialAddress(phone: string): string | undefined {
  return /^\+\d{4,15}$/.test(phone) ? `tel:${phone}` : undefined;
}

/** A ticket number as it is said: "4821 0937". */
export function numberInWords(number: string): string {
  return number.replace(/^(\d{4})(\d{4})$/, "$1 $2");
}
