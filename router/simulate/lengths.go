package simulate

import (
	"math"
	"math/rand/v2"
	"time"
)

// Shape is the form of a distribution of lengths.
type Shape string

// The shapes. Exponential is the default and what the theory is about; Lognormal is what handle times
// mostly look like: few very short ones and a long tail.
const (
	Exponential Shape = "exponential"
	Lognormal   Shape = "lognormal"
)

// Lengths is a distribution of durations.
type Lengths struct {
	Shape Shape
	Mean  time.Duration
	// CV is the standard deviation in means, for Lognormal.
	CV float64
}

// draw returns one length.
func (l Lengths) draw(rng *rand.Rand) time.Duration {
	if l.Shape != Lognormal {
		return time.Duration(rng.ExpFloat64() * float64(l.Mean))
	}
	variance := math.Log1p(l.CV * l.CV)
	x := math.Exp(rng.NormFloat64()*math.Sqrt(variance) - variance/2)
	return time.Duration(x * float64(l.Mean))
}

func (l Lengths) check(what string, wrong func(string, ...any)) {
	if l.Mean <= 0 || l.Mean > maxLength {
		wrong("%s of %v; give more than 0 and at most %v", what, l.Mean, maxLength)
	}
	switch l.Shape {
	case "", Exponential:
	case Lognormal:
		if !(l.CV > 0) || l.CV > maxCV {
			wrong("%s that spreads by %v of its mean; give more than 0 and at most %v", what, l.CV, maxCV)
		}
	default:
		wrong("%s of the shape %q; give %s or %s", what, l.Shape, Exponential, Lognormal)
	}
}

const (
	maxLength = 7 * day
	maxCV     = 10.0
)
