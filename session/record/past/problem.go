package past

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Problem is one thing wrong with a file: in which line, and what to do about it.
type Problem struct {
	Line int // 0: the file as a whole
	What string
}

// Problems are all that is wrong with a file, by line.
type Problems []Problem

// shown is how many problems a message lists. Who sees fifty has one cause to look for.
const shown = 50

// Error puts one problem on a line.
func (p Problems) Error() string {
	var b strings.Builder
	for _, one := range p[:min(len(p), shown)] {
		if one.Line > 0 {
			fmt.Fprintf(&b, "line %d: ", one.Line)
		}
		b.WriteString(one.What + "\n")
	}
	if more := len(p) - shown; more > 0 {
		fmt.Fprintf(&b, "and %d more\n", more)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func (p *Problems) add(line int, format string, args ...any) {
	*p = append(*p, Problem{line, fmt.Sprintf(format, args...)})
}

func (p Problems) orNil() error {
	if len(p) == 0 {
		return nil
	}
	slices.SortStableFunc(p, func(a, b Problem) int { return cmp.Compare(a.Line, b.Line) })
	return p
}
