package replay

import (
	"fmt"
	"math"
	"slices"
	"time"
)

// Quantiles sum up how long something took.
type Quantiles struct {
	Count int     `json:"count"`
	P50MS float64 `json:"p50_ms"`
	P99MS float64 `json:"p99_ms"`
}

func quantilesOf(all []time.Duration) Quantiles {
	sorted := slices.Sorted(slices.Values(all))
	return Quantiles{
		Count: len(all), P50MS: milliseconds(quantile(sorted, 0.50)), P99MS: milliseconds(quantile(sorted, 0.99)),
	}
}

// quantile is the nearest rank: the smallest value that is not exceeded by a share q of all. Nothing
// is interpolated, so it is a time that really occurred.
func quantile(sorted []time.Duration, q float64) time.Duration {
	if len(sorted) == 0 {
		return 0
	}
	rank := int(math.Ceil(q * float64(len(sorted))))
	return sorted[max(rank, 1)-1]
}

func milliseconds(d time.Duration) float64 {
	return math.Round(float64(d)/float64(time.Millisecond)*10) / 10
}

// String is for the report: "p50 12.3 ms, p99 40.1 ms (150)".
func (q Quantiles) String() string {
	if q.Count == 0 {
		return "nobody asked"
	}
	return fmt.Sprintf("p50 %.1f ms, p99 %.1f ms (%d)", q.P50MS, q.P99MS, q.Count)
}
