// Package learn holds the small learners that a site's own conversations are learned from: a
// logistic regression over sparse cells, boosted trees, extremely randomised trees, and a basis of
// the directions in which words are used together.
//
// They are written here because no kept library of Go has them: what trains trees and sparse
// regressions elsewhere needs C++ or Python beside the binary, and a site must be able to learn
// from its record with nothing but the binary. Each is an algorithm of the textbooks in a page or
// two, and its tests hold it to closed forms. All are deterministic: the same rows and the same
// seed give the same model.
package learn

import "math"

// Sigmoid turns a log-odds into a chance.
func Sigmoid(z float64) float64 { return 1 / (1 + math.Exp(-z)) }

// Logit turns a chance into a log-odds, kept finite.
func Logit(p float64) float64 {
	p = min(max(p, 1e-6), 1-1e-6)
	return math.Log(p / (1 - p))
}
