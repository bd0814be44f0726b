package mask

// Kinds is a set of the kinds of numbers to hide.
type Kinds uint8

// The kinds.
const (
	Phone Kinds = 1 << iota
	IDCard
	BankCard
	// None hides nothing, All everything.
	None Kinds = 0
	All        = Phone | IDCard | BankCard
)

// hidden is written in place of a digit.
const hidden = '*'

// most is how many groups of digits one number is written in: 0086 138 0013 8000 has four, a card of
// 19 digits five.
const mostGroups = 6

// Text returns text with the numbers of these kinds hidden.
func Text(text string, kinds Kinds) string {
	if kinds == None {
		return text
	}
	all := []rune(text)
	changed := false
	groups := groupsOf(all)
	for i := 0; i < len(groups); {
		n, keep := longest(groups[i:], kinds)
		if n == 0 {
			i++
			continue
		}
		hide(all, groups[i:i+n], keep)
		changed = true
		i += n
	}
	if !changed {
		return text // as it was, also where it is not valid UTF-8
	}
	return string(all)
}

// kept is how many digits stay readable at either end.
type kept struct{ front, back int }

// longest returns how many groups from the first on form a number, as many as possible, and what of
// it may be read; 0 if none do.
func longest(groups []group, kinds Kinds) (int, kept) {
	joined := 1
	for joined < min(len(groups), mostGroups) && groups[joined].follows {
		joined++
	}
	for n := joined; n > 0; n-- {
		if keep, ok := classify(numberOf(groups[:n]), kinds); ok {
			return n, keep
		}
	}
	return 0, kept{}
}

func numberOf(groups []group) number {
	var digits []byte
	shape := make([]int, len(groups))
	for i, g := range groups {
		digits, shape[i] = append(digits, g.digits...), len(g.digits)
	}
	return number{digits: string(digits), shape: shape, x: groups[len(groups)-1].x, plus: groups[0].plus}
}

// hide leaves an X as it is: it is the one digit of an identity card that may be read.
func hide(text []rune, groups []group, keep kept) {
	total := 0
	for _, g := range groups {
		total += len(g.digits)
	}
	at := 0
	for _, g := range groups {
		for i := range g.digits {
			if at >= keep.front && at < total-keep.back {
				text[g.start+i] = hidden
			}
			at++
		}
	}
}
