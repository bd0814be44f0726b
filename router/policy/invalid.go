package policy

import (
	"strings"

	"yijian/router/escalate"
)

// Invalid is everything that is wrong with a draft, all at once.
type Invalid struct{ Problems []string }

// Error says all problems, one a line.
func (e *Invalid) Error() string { return strings.Join(e.Problems, "\n") }

// Check returns an *Invalid with all that is wrong with a draft, or nil. Its version does not matter:
// publishing gives it one.
func Check(p escalate.Policy) error {
	p.Version = max(p.Version, 1)
	return Version{Policy: p}.Check()
}

// Check is Validate with its problems apart.
func (v Version) Check() error {
	err := v.Validate()
	if err == nil {
		return nil
	}
	return &Invalid{Problems: strings.Split(err.Error(), "\n")}
}
