package bench

import (
	"fmt"
	"io"
	"slices"
	"time"
)

// StormReport is what a storm came to. Times are in milliseconds from the kill to the moment when a
// visitor had everything again, the rest before its first try included.
type StormReport struct {
	Bench    string  `json:"bench"`
	Machine  Machine `json:"machine"`
	Visitors int     `json:"visitors"`
	Missed   int     `json:"missed_events_each"`
	Whole    int     `json:"whole"`
	Doubles  int     `json:"doubles"`
	Gaps     int     `json:"gaps"`
	Resets   int     `json:"resets"`
	Retries  int     `json:"retries"` // tries beyond the first of each
	P50      float64 `json:"p50_ms"`
	P99      float64 `json:"p99_ms"`
	Last     float64 `json:"last_ms"`
	CPU      Work    `json:"cpu_ms_per_visitor"`
	GoalMS   int64   `json:"goal_ms"`
	Verdict
}

// of counts what became of the visitors.
func (r StormReport) of(visitors []*refugee) StormReport {
	r.Why = []string{}
	var took []time.Duration
	for _, v := range visitors {
		r.Doubles, r.Gaps, r.Resets = r.Doubles+v.doubles, r.Gaps+v.gaps, r.Resets+v.resets
		r.Retries += max(0, v.tries-1)
		if v.err != nil || v.heard != r.Missed {
			if len(r.Why) < 3 {
				r.Why = append(r.Why, fmt.Sprintf("visitor %d has %d of %d missed events: %v", v.number+1, v.heard, r.Missed, v.err))
			}
			continue
		}
		r.Whole++
		took = append(took, v.took)
	}
	slices.Sort(took)
	r.P50, r.P99, r.Last = quantile(took, .5), quantile(took, .99), quantile(took, 1)
	r.Valid = r.Whole == r.Visitors && r.Doubles+r.Gaps+r.Resets == 0
	r.Met = r.Valid && r.Last <= float64(r.GoalMS)
	return r
}

// WriteText prints the report for people.
func (r StormReport) WriteText(w io.Writer) error {
	fmt.Fprintf(w, "%d visitors with %d missed events each, all cut at once by kill -9 of one of two nodes\n", r.Visitors, r.Missed)
	fmt.Fprintf(w, "whole on the other: %d; doubles %d, gaps %d, resets %d, tries again %d\n", r.Whole, r.Doubles, r.Gaps, r.Resets, r.Retries)
	fmt.Fprintf(w, "from the kill: p50 %.0f ms, p99 %.0f ms, the last %.0f ms, with the widget's rest of 0 to %d ms before its first try\n",
		r.P50, r.P99, r.Last, firstRest.Milliseconds())
	fmt.Fprintf(w, "CPU a visitor: node %.3f ms, redis %.3f ms, the visitor itself %.3f ms\n", r.CPU.Node, r.CPU.Redis, r.CPU.Visitors)
	fmt.Fprintf(w, "%d cores, load %.1f before\n", r.Machine.Cores, r.Machine.Load)
	_, err := fmt.Fprintf(w, "goal of the last within %d ms, nothing lost or doubled: %s\n", r.GoalMS, r.line())
	r.write(w)
	return err
}
