package mask

// group is a stretch of digits without anything between them.
type group struct {
	start  int // in runes
	digits []byte
	// x says that an X follows the digits, which is the last digit of some identity cards.
	x bool
	// follows says that only a separator stands between this group and the one before it.
	follows bool
	// plus says that a plus sign stands before it.
	plus bool
}

// groupsOf finds the digits of a text. Letters next to digits make them a part of a code, such as
// SF1380013800012, which is nobody's number.
func groupsOf(text []rune) []group {
	var groups []group
	end := -1 // of the last group
	for i := 0; i < len(text); {
		if _, ok := digitOf(text[i]); !ok {
			i++
			continue
		}
		g := group{start: i, plus: i > 0 && (text[i-1] == '+' || text[i-1] == '＋')}
		code := i > 0 && isLatin(text[i-1])
		for i < len(text) {
			d, ok := digitOf(text[i])
			if !ok {
				break
			}
			g.digits = append(g.digits, d)
			i++
		}
		if i < len(text) && isX(text[i]) {
			g.x = true
			i++
		}
		code = code || i < len(text) && isLatin(text[i])
		g.follows = len(groups) > 0 && end >= 0 && separates(text[end:g.start])
		if code {
			end = -1
			continue
		}
		groups, end = append(groups, g), i
	}
	return groups
}

// separates reports whether people write this between the digits of one number. Two blanks are two
// numbers.
func separates(between []rune) bool {
	if len(between) == 2 && (between[1] == '(' || between[0] == ')' || between[0] == '）' || between[1] == '（') {
		return true
	}
	if len(between) != 1 {
		return false
	}
	switch between[0] {
	case ' ', '\u00a0', '\u3000', '-', '－', '–', '‐', '.', '(', ')', '（', '）':
		return true
	}
	return false
}

// digitOf reads a digit as people write them: 7, ７, 七. Sums of money have forms of their own, which
// nobody writes a telephone number in.
func digitOf(r rune) (byte, bool) {
	switch {
	case r >= '0' && r <= '9':
		return byte(r), true
	case r >= '０' && r <= '９':
		return byte('0' + r - '０'), true
	}
	switch r {
	case '〇', '零':
		return '0', true
	case '一', '幺':
		return '1', true
	case '二':
		return '2', true
	case '三':
		return '3', true
	case '四':
		return '4', true
	case '五':
		return '5', true
	case '六':
		return '6', true
	case '七':
		return '7', true
	case '八':
		return '8', true
	case '九':
		return '9', true
	}
	return 0, false
}

func isX(r rune) bool { return r == 'x' || r == 'X' || r == 'ｘ' || r == 'Ｘ' }

func isLatin(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == '_' || r == hidden
}
