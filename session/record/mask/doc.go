// Package mask hides telephone, identity-card and bank-card numbers in what people write.
//
// A number is recognised by what makes it one, not only by its length: a bank card by its Luhn digit
// and the first digits of its scheme, a Chinese identity card by its date and checksum, a telephone
// number by its prefix. So order and parcel numbers stay readable, which is what most long numbers in
// a shop's conversations are. Digits may be ASCII, full-width or Chinese, with blanks, hyphens or
// dots between groups.
//
// The first three digits and the last four stay, of an identity card the first three and the last:
// enough to know one's own, too little to use. Characters are replaced one for one, and masking what
// was masked changes nothing.
package mask
