package escalate

// misspellable are the words for people that are long enough to be recognised with one slip.
var misspellable = []struct {
	word  string
	class class
}{
	{"human", person},
	{"agent", person},
	{"person", person},
	{"operator", person},
	{"representative", person},
	{"representatives", person},
	{"advisor", person},
	{"employee", person},
	{"supervisor", boss},
	{"someone", anyone},
	{"somebody", anyone},
}

// nearPerson is the class of the word for people that an unknown word is one slip away from, or
// unknown. The first letter must be right, which keeps most real words out.
func nearPerson(word string) class {
	if len(word) < 5 {
		return unknown
	}
	for _, m := range misspellable {
		if word[0] == m.word[0] && oneSlip(word, m.word) {
			return m.class
		}
	}
	return unknown
}

// oneSlip reports whether a becomes b by one letter more, less, other, or by swapping two
// neighbours.
func oneSlip(a, b string) bool {
	if len(a) < len(b) {
		a, b = b, a
	}
	if len(a)-len(b) > 1 {
		return false
	}
	i := 0
	for i < len(b) && a[i] == b[i] {
		i++
	}
	if len(a) > len(b) {
		return a[i+1:] == b[i:]
	}
	if i == len(a) {
		return true
	}
	swapped := i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
	return swapped || a[i+1:] == b[i+1:]
}
