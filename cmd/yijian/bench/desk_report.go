package bench

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"text/tabwriter"
	"time"
)

// DeskFigures are what one run came to.
type DeskFigures struct {
	// Assigned is how many tickets were given to an agent a second; Declined how many offers were not
	// wanted, in all.
	Assigned float64 `json:"assigned_per_second"`
	Declined int     `json:"declined"`
	// Offered is from ask to first offer.
	OfferedP50 float64 `json:"ask_to_offer_p50_ms"`
	OfferedP99 float64 `json:"ask_to_offer_p99_ms"`
	// Doubles are tickets given twice, Dropped those never given, Beyond the moments in which a seat
	// had more than it has room for.
	Doubles int `json:"doubles"`
	Dropped int `json:"dropped"`
	Beyond  int `json:"beyond_capacity"`
	// Bare is how many scripts that do nothing the same processes got answered a second.
	Bare    float64 `json:"bare_per_second"`
	BareP99 float64 `json:"bare_p99_ms"`
}

// DeskReport is what several runs found: medians, and the sum of what went wrong.
type DeskReport struct {
	Bench     string  `json:"bench"`
	Machine   Machine `json:"machine"`
	Processes int     `json:"processes"`
	InFlight  int     `json:"in_flight"`
	Runs      int     `json:"runs"`
	Seconds   float64 `json:"seconds"`
	DeskFigures
	GoalRate float64 `json:"goal_assigned_per_second"`
	GoalMS   float64 `json:"goal_ask_to_offer_p99_ms"`
	Verdict
}

func (r DeskReport) of(runs []DeskFigures) DeskReport {
	pick := func(field func(DeskFigures) float64) float64 { return medianOf(runs, field) }
	r.DeskFigures = DeskFigures{
		Assigned:   pick(func(f DeskFigures) float64 { return f.Assigned }),
		OfferedP50: pick(func(f DeskFigures) float64 { return f.OfferedP50 }),
		OfferedP99: pick(func(f DeskFigures) float64 { return f.OfferedP99 }),
		Bare:       pick(func(f DeskFigures) float64 { return f.Bare }),
		BareP99:    pick(func(f DeskFigures) float64 { return f.BareP99 }),
	}
	for _, f := range runs {
		r.Declined += f.Declined
		r.Doubles, r.Dropped, r.Beyond = r.Doubles+f.Doubles, r.Dropped+f.Dropped, r.Beyond+f.Beyond
	}
	r.Why = []string{}
	r.unless(r.Processes >= fewProcesses, "%d processes are fewer than the %d of the goal", r.Processes, fewProcesses)
	r.Valid = len(r.Why) == 0
	r.Met = r.Right() && r.Assigned >= r.GoalRate && r.OfferedP99 <= r.GoalMS
	return r
}

// Right reports whether every ticket was given to one agent who had room for it.
func (r DeskReport) Right() bool { return r.Doubles+r.Dropped+r.Beyond == 0 }

// WriteText prints the report for people.
func (r DeskReport) WriteText(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(t, "\ta second\tp50 ms\tp99 ms\t\n")
	fmt.Fprintf(t, "a script that does nothing\t%.0f\t\t%.2f\t\n", r.Bare, r.BareP99)
	fmt.Fprintf(t, "assignments, ask to offer\t%.0f\t%.2f\t%.2f\t\n", r.Assigned, r.OfferedP50, r.OfferedP99)
	if err := t.Flush(); err != nil {
		return err
	}
	fmt.Fprintf(w, "\n%d processes at one desk, %d tickets in flight, %d runs of %.0f s; %d cores, load %.1f before\n",
		r.Processes, r.InFlight, r.Runs, r.Seconds, r.Machine.Cores, r.Machine.Load)
	fmt.Fprintf(w, "an assignment takes the time of %.1f scripts that do nothing; %d offers were declined on the way\n",
		r.Bare/max(1, r.Assigned), r.Declined)
	fmt.Fprintf(w, "assigned twice: %d, dropped: %d, beyond a seat's room: %d\n", r.Doubles, r.Dropped, r.Beyond)
	_, err := fmt.Fprintf(w, "goal of %.0f a second, p99 of at most %.0f ms, nothing wrong: %s\n", r.GoalRate, r.GoalMS, r.line())
	r.write(w)
	return err
}

func deskFigures(cfg DeskConfig, bare, work []DeskWork) DeskFigures {
	var f DeskFigures
	for _, b := range bare {
		f.Bare += float64(b.Calls) / bareFor.Seconds()
		f.BareP99 = max(f.BareP99, b.P99)
	}
	first, held := map[string]int64{}, map[string]int{}
	var holds []DeskHold
	inTime := 0
	for _, w := range work {
		f.Declined += w.Declined
		for _, o := range w.Offered {
			if at, seen := first[o.Session]; !seen || o.At < at {
				first[o.Session] = o.At
			}
		}
		for _, h := range w.Held {
			held[h.Session]++
			if h.From < w.End {
				inTime++
			}
		}
		holds = append(holds, w.Held...)
	}
	var waits []time.Duration
	for _, w := range work {
		for _, a := range w.Asked {
			if held[a.Session] == 0 {
				f.Dropped++
				continue
			}
			f.Doubles += held[a.Session] - 1
			waits = append(waits, time.Duration(first[a.Session]-a.At)*time.Microsecond)
		}
	}
	f.Assigned = float64(inTime) / cfg.Duration.Seconds()
	f.OfferedP50, f.OfferedP99 = quantileOf(waits, .5), quantileOf(waits, .99)
	f.Beyond = beyond(holds)
	return f
}

// beyond counts the conversations that began while their agent's seat was full.
func beyond(holds []DeskHold) int {
	type change struct {
		agent string
		at    int64
		by    int
	}
	var all []change
	for _, h := range holds {
		all = append(all, change{h.Agent, h.From, 1}, change{h.Agent, h.To, -1})
	}
	slices.SortFunc(all, func(a, b change) int { return cmp.Or(cmp.Compare(a.at, b.at), a.by-b.by) })
	load, n := map[string]int{}, 0
	for _, c := range all {
		if load[c.agent] += c.by; c.by > 0 && load[c.agent] > deskRoom {
			n++
		}
	}
	return n
}

func quantileOf(took []time.Duration, q float64) float64 {
	slices.Sort(took)
	return quantile(took, q)
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
