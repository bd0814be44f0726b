// Package learn holds the two small learners that evaluation compares a policy with: an L2 logistic
// regression over sparse cells and boosted trees over a few dozen numbers. Both exist so that a
// site can learn from its own record without leaving the binary, and both are deterministic: the
// same rows and the same seed give the same model on every machine.
package learn

import "math"

// Sigmoid turns a log-odds into a chance.
func Sigmoid(z float64) float64 { return 1 / (1 + math.Exp(-z)) }

// Logit turns a chance into a log-odds, kept finite.
func Logit(p float64) float64 {
	p = min(max(p, 1e-6), 1-1e-6)
	return math.Log(p / (1 - p))
}
