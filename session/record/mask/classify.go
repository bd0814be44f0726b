package mask

import (
	"slices"
	"strings"
	"time"
)

// number is what may be one.
type number struct {
	digits string
	shape  []int // how many digits each of its groups has
	x      bool  // an X follows
	plus   bool  // written with a + before it
}

// classify says whether a number is of one of these kinds, and what of it may be read.
func classify(n number, kinds Kinds) (kept, bool) {
	switch {
	case n.x && len(n.digits) == 17:
		return kept{3, 0}, kinds&IDCard != 0 && isIDCard(n.digits+"X")
	case kinds&IDCard != 0 && !n.plus && isIDCard(n.digits):
		return kept{3, 1}, true
	case kinds&BankCard != 0 && !n.plus && isBankCard(n.digits):
		return kept{3, 4}, true
	case kinds&Phone != 0 && isPhone(n):
		return kept{3, 4}, true
	}
	return kept{}, false
}

// weights are those of GB 11643, and checks the digit for each remainder.
var weights = [17]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}

const checks = "10X98765432"

// isIDCard reports whether digits are a Chinese identity card: of 18, with a birthday and a checksum,
// or of 15, as they were until 1999, with a region and a birthday.
func isIDCard(digits string) bool {
	switch len(digits) {
	case 15:
		return digits[0] >= '1' && digits[0] <= '8' && isDate("060102", digits[6:12])
	case 18:
		sum := 0
		for i, w := range weights {
			sum += w * int(digits[i]-'0')
		}
		return checks[sum%11] == digits[17] && digits[6:10] >= "1900" && isDate("20060102", digits[6:14])
	}
	return false
}

func isDate(layout, digits string) bool {
	_, err := time.Parse(layout, digits)
	return err == nil
}

// schemes are the first digits of the cards that people have, with their lengths.
var schemes = []struct {
	prefix      string
	least, most int
}{
	{"62", 16, 19},
	{"60", 16, 19},
	{"4", 13, 19},
	{"51", 16, 16},
	{"52", 16, 16},
	{"53", 16, 16},
	{"54", 16, 16},
	{"55", 16, 16},
	{"22", 16, 16},
	{"23", 16, 16},
	{"24", 16, 16},
	{"25", 16, 16},
	{"26", 16, 16},
	{"27", 16, 16},
	{"34", 15, 15},
	{"37", 15, 15},
	{"35", 16, 19},
	{"30", 14, 16},
	{"36", 14, 16},
	{"38", 14, 16},
	{"50", 13, 19},
	{"56", 13, 19},
	{"57", 13, 19},
	{"58", 13, 19},
	{"63", 16, 19},
	{"65", 16, 19},
	{"67", 13, 19},
	{"81", 16, 19},
	{"9", 16, 19},
}

func isBankCard(digits string) bool {
	for _, s := range schemes {
		if strings.HasPrefix(digits, s.prefix) && len(digits) >= s.least && len(digits) <= s.most {
			return luhn(digits)
		}
	}
	return false
}

// luhn reports whether the last digit checks the others.
func luhn(digits string) bool {
	sum := 0
	for i := range digits {
		d := int(digits[len(digits)-1-i] - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}

// isPhone reports whether a number is the telephone of a person: a Chinese mobile or landline, a North
// American number written in its three groups, or any in the international form. Service numbers such
// as 400 and 95588 belong to companies, and ten digits in a row are an order more often than a telephone.
func isPhone(n number) bool {
	if n.plus {
		return len(n.digits) >= 8 && len(n.digits) <= 15
	}
	if rest, ok := strings.CutPrefix(n.digits, "00"); ok && len(rest) >= 8 && len(rest) <= 15 && rest[0] != '0' {
		return true
	}
	return isMobile(n.digits) || isMobile(strings.TrimPrefix(n.digits, "86")) || isLandline(n.digits) || isAmerican(n)
}

func isMobile(digits string) bool {
	return len(digits) == 11 && digits[0] == '1' && digits[1] >= '3'
}

// isLandline wants the area code: 010 and 02x have eight digits behind them, others seven or eight.
func isLandline(digits string) bool {
	if len(digits) < 10 || len(digits) > 12 || digits[0] != '0' {
		return false
	}
	switch digits[1] {
	case '1', '2':
		return len(digits) == 11
	case '0':
		return false
	}
	return len(digits) >= 11
}

// isAmerican wants the usual groups: an area and an exchange, each from 200 on, and four digits.
func isAmerican(n number) bool {
	digits, shape := n.digits, n.shape
	if len(digits) == 11 && digits[0] == '1' && shape[0] == 1 {
		digits, shape = digits[1:], shape[1:]
	}
	return slices.Equal(shape, []int{3, 3, 4}) && digits[0] >= '2' && digits[3] >= '2' && digits[:3] != "400" && digits[:3] != "800"
}
