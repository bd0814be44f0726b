package simulate

import (
	"fmt"
	"io"
	"math"
	"slices"
	"text/tabwriter"
	"time"
)

// Report is what a day came to.
type Report struct {
	// Served counts everybody helped, Measured those after the warm-up.
	Served   int
	Measured int
	// The waits from arrival to a person, of the measured.
	Mean, P50, P95, P99, Longest time.Duration
	// Waited is the share that had to wait at all.
	Waited float64
	// Utilisation is the share of all seats' room that was in use, from opening to the last goodbye.
	Utilisation float64
	// Length is from opening to the last goodbye.
	Length time.Duration
}

func (d *day) report() Report {
	r := Report{Served: len(d.waits), Length: d.now.Sub(opening)}
	if room := r.Length.Seconds() * float64(d.Agents*d.Capacity); room > 0 {
		r.Utilisation = d.busy.Seconds() / room
	}
	waits := slices.Clone(d.waits[min(d.WarmUp, len(d.waits)):])
	r.Measured = len(waits)
	if r.Measured == 0 {
		return r
	}
	slices.Sort(waits)
	var sum float64
	waited := 0
	for _, w := range waits {
		sum += w.Seconds()
		if w > 0 {
			waited++
		}
	}
	r.Mean = time.Duration(sum / float64(len(waits)) * float64(time.Second))
	r.Waited = float64(waited) / float64(len(waits))
	r.P50, r.P95, r.P99 = quantile(waits, 0.50), quantile(waits, 0.95), quantile(waits, 0.99)
	r.Longest = waits[len(waits)-1]
	return r
}

// quantile is the smallest wait that a share q of all does not exceed.
func quantile(sorted []time.Duration, q float64) time.Duration {
	i := int(math.Ceil(q*float64(len(sorted)))) - 1
	return sorted[max(0, i)]
}

// WriteText prints the report for people.
func (r Report) WriteText(w io.Writer) error {
	tab := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, row := range []struct{ name, value string }{
		{"served", fmt.Sprintf("%d (%d measured)", r.Served, r.Measured)},
		{"wait p50", seconds(r.P50)},
		{"wait p95", seconds(r.P95)},
		{"wait p99", seconds(r.P99)},
		{"wait longest", seconds(r.Longest)},
		{"wait mean", seconds(r.Mean)},
		{"had to wait", percent(r.Waited)},
		{"utilisation", percent(r.Utilisation)},
		{"day", r.Length.Round(time.Minute).String()},
	} {
		if _, err := fmt.Fprintf(tab, "%s\t%s\n", row.name, row.value); err != nil {
			return fmt.Errorf("writing the report: %w", err)
		}
	}
	if err := tab.Flush(); err != nil {
		return fmt.Errorf("writing the report: %w", err)
	}
	return nil
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.1f s", d.Seconds()) }

func percent(share float64) string { return fmt.Sprintf("%.1f %%", share*100) }
