package agents

import "sync/atomic"

// Parts of the inside that tests look at.
var (
	HashPassword = hashPassword
	Matches      = matches
	LimitKey     = limitKey
)

// CountChecks returns a counter of the passwords that s compares from now on.
func CountChecks(s *Store) *atomic.Int64 {
	var n atomic.Int64
	check := s.matches
	s.matches = func(stored, password string) (bool, error) {
		n.Add(1)
		return check(stored, password)
	}
	return &n
}
