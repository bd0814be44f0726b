package policy

import (
	"fmt"

	"yijian/router/escalate"
)

// Fixed is one policy for good: what tools and tests judge by, which have no record.
type Fixed struct{ policy escalate.Policy }

// Fix returns a policy that never changes. It answers all floors that p breaks, joined.
func Fix(p escalate.Policy) (Fixed, error) {
	if err := p.Validate(); err != nil {
		return Fixed{}, fmt.Errorf("the policy cannot be used: %w", err)
	}
	return Fixed{p}, nil
}

// Current is that policy.
func (f Fixed) Current() escalate.Policy { return f.policy }
