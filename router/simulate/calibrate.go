package simulate

import (
	"cmp"
	"slices"
)

// Calibration holds forecasts against what came: half of the real waits should lie in the range that
// was shown, and the range should be no wider than it must be.
type Calibration struct {
	// Shown counts the visitors who were shown a range and then served.
	Shown  int     `json:"shown"`
	Inside float64 `json:"inside"`
	// WidthRatio is how wide the median range is, against the range that really held the middle half
	// of the waits from the same position.
	WidthRatio float64  `json:"width_ratio"`
	Deciles    []Decile `json:"deciles"`
}

// Decile is a tenth of the forecasts, by position. Equal positions stay together, so a tenth may be
// more or less than that.
type Decile struct {
	From       int     `json:"from"`
	To         int     `json:"to"`
	Shown      int     `json:"shown"`
	Inside     float64 `json:"inside"`
	WidthRatio float64 `json:"width_ratio"`
}

const (
	tenths = 10
	// enough is how many waits from one position show their quartiles.
	enough = 200
)

func (m *measures) calibration() *Calibration {
	if !m.config.ETA {
		return nil
	}
	guesses := slices.DeleteFunc(slices.Clone(m.guess), func(g guess) bool { return g.wait < 0 })
	slices.SortFunc(guesses, func(a, b guess) int {
		return cmp.Or(cmp.Compare(a.position, b.position), cmp.Compare(a.wait, b.wait))
	})
	ratios := widths(guesses)
	all := tenth(guesses, ratios)
	c := &Calibration{Shown: all.Shown, Inside: all.Inside, WidthRatio: all.WidthRatio}
	for first := 0; first < len(guesses); {
		end := max(first+1, (len(c.Deciles)+1)*len(guesses)/tenths)
		for end < len(guesses) && guesses[end].position == guesses[end-1].position {
			end++
		}
		c.Deciles = append(c.Deciles, tenth(guesses[first:end], ratios[first:end]))
		first = end
	}
	return c
}

// widths are how wide each range is against the truth for its position: the quartiles of all waits
// from there. 0 is where too few waited to know.
func widths(guesses []guess) []float64 {
	out := make([]float64, len(guesses))
	for first := 0; first < len(guesses); {
		end := first
		for end < len(guesses) && guesses[end].position == guesses[first].position {
			end++
		}
		same := guesses[first:end]
		truth := same[len(same)*3/4].wait - same[len(same)/4].wait
		for i, g := range same {
			if len(same) >= enough && truth > 0 {
				out[first+i] = (g.to - g.from).Seconds() / truth.Seconds()
			}
		}
		first = end
	}
	return out
}

func tenth(guesses []guess, ratios []float64) Decile {
	if len(guesses) == 0 {
		return Decile{}
	}
	d := Decile{From: guesses[0].position, To: guesses[len(guesses)-1].position, Shown: len(guesses)}
	inside := 0
	for _, g := range guesses {
		if g.wait >= g.from && g.wait <= g.to {
			inside++
		}
	}
	d.Inside = float64(inside) / float64(len(guesses))
	known := slices.DeleteFunc(slices.Clone(ratios), func(r float64) bool { return r == 0 })
	if slices.Sort(known); len(known) > 0 {
		d.WidthRatio = known[len(known)/2]
	}
	return d
}
