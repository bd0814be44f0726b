package policy

import (
	"fmt"

	"yijian/router/escalate"
)

// Store holds the current policy. It never changes, and is safe for concurrent use for that reason.
type Store struct {
	current escalate.Policy
}

// New returns a store whose only version is p: escalate.Default with what the configuration changes.
// It answers all floors that p breaks, joined.
func New(p escalate.Policy) (*Store, error) {
	if err := p.Validate(); err != nil {
		return nil, fmt.Errorf("the policy cannot be used: %w", err)
	}
	return &Store{current: p}, nil
}

// Current is the policy that decides now. It is a value, which the caller may keep.
func (s *Store) Current() escalate.Policy { return s.current }
