package bench

import (
	"fmt"
	"io"
	"text/tabwriter"
)

// Machine is what the figures were taken on.
type Machine struct {
	Cores int     `json:"cores"`
	Load  float64 `json:"load_1m"` // before the bench began
}

// Verdict says whether the figures may be compared, and whether they are good enough.
type Verdict struct {
	Valid bool     `json:"valid"`
	Why   []string `json:"why_not"` // one reason a line
	Met   bool     `json:"goal_met"`
}

// Good reports whether the figures are valid and meet the goal.
func (v Verdict) Good() bool { return v.Valid && v.Met }

// Report is what a bench found.
type Report interface {
	// Write prints it for people.
	WriteText(w io.Writer) error
	// Good reports whether the figures are valid and meet the goal.
	Good() bool
}

func (v *Verdict) unless(ok bool, format string, args ...any) {
	if !ok {
		v.Why = append(v.Why, fmt.Sprintf(format, args...))
	}
}

func (v *Verdict) line() string {
	if v.Met {
		return "met"
	}
	return "missed"
}

func (v *Verdict) write(w io.Writer) {
	for _, why := range v.Why {
		fmt.Fprintf(w, "not valid: %s\n", why)
	}
}

// IdleFigures are what idle sockets cost a server.
type IdleFigures struct {
	BytesPerConn int64   `json:"bytes_per_conn"`
	RSS          int64   `json:"rss_bytes"`
	PerSecond    float64 `json:"connects_per_second"`
	CPUMS        float64 `json:"cpu_ms_per_connect"`
}

// IdleRun is one run: both servers, one after the other.
type IdleRun struct {
	Machine           Machine
	Reference, Yijian IdleFigures
}

// IdleReport is what several runs found: medians.
type IdleReport struct {
	Bench     string      `json:"bench"`
	Machine   Machine     `json:"machine"`
	Conns     int         `json:"conns"`
	Runs      int         `json:"runs"`
	Reference IdleFigures `json:"reference"`
	Yijian    IdleFigures `json:"yijian"`
	Goal      int64       `json:"goal_bytes_per_conn"`
	Verdict
}

// JudgeIdle takes the medians of runs, of which there is at least one, and holds them to the goal.
func JudgeIdle(cfg IdleConfig, runs []IdleRun) IdleReport {
	r := IdleReport{
		Bench: "idle", Machine: runs[0].Machine, Conns: cfg.Conns, Runs: len(runs), Goal: goalIdle,
		Reference: middle(runs, func(one IdleRun) IdleFigures { return one.Reference }),
		Yijian:    middle(runs, func(one IdleRun) IdleFigures { return one.Yijian }),
	}
	r.Why = []string{}
	r.unless(cfg.Conns >= validConns, "%d connections are too few to tell their memory from the server's own; take %d", cfg.Conns, validConns)
	r.unless(r.Reference.BytesPerConn <= validIdle,
		"the reference takes %d B a connection, more than %d; take more connections, or try again when the machine is quieter",
		r.Reference.BytesPerConn, validIdle)
	r.Valid, r.Met = len(r.Why) == 0, r.Yijian.BytesPerConn <= r.Goal
	return r
}

func middle(runs []IdleRun, of func(IdleRun) IdleFigures) IdleFigures {
	return IdleFigures{
		BytesPerConn: medianOf(runs, func(r IdleRun) int64 { return of(r).BytesPerConn }),
		RSS:          medianOf(runs, func(r IdleRun) int64 { return of(r).RSS }),
		PerSecond:    medianOf(runs, func(r IdleRun) float64 { return of(r).PerSecond }),
		CPUMS:        medianOf(runs, func(r IdleRun) float64 { return of(r).CPUMS }),
	}
}

// WriteText prints the report for people.
func (r IdleReport) WriteText(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(t, "\tB RSS a connection\tRSS MiB\tconnects/s\tCPU ms a connect\t\n")
	for _, row := range []struct {
		name string
		f    IdleFigures
	}{{"reference", r.Reference}, {"yijian", r.Yijian}} {
		fmt.Fprintf(t, "%s\t%d\t%.1f\t%.0f\t%.2f\t\n", row.name,
			row.f.BytesPerConn, float64(row.f.RSS)/(1<<20), row.f.PerSecond, row.f.CPUMS)
	}
	if err := t.Flush(); err != nil {
		return err
	}
	fmt.Fprintf(w, "\n%d idle connections, %d runs; %d cores, load %.1f before\n", r.Conns, r.Runs, r.Machine.Cores, r.Machine.Load)
	fmt.Fprintf(w, "goal of at most %d B a visitor: %s\n", r.Goal, r.line())
	r.write(w)
	return nil
}

// TalkFigures are how long messages took, in milliseconds.
type TalkFigures struct {
	P50     float64 `json:"p50_ms"`
	P99     float64 `json:"p99_ms"`
	P999    float64 `json:"p99_9_ms"`
	CPU     float64 `json:"cpu_ms_per_message"`
	Late    float64 `json:"sender_late_p99_ms"`
	Lost    int     `json:"lost"`
	Refused int     `json:"refused"`
}

// medians takes the middle of each time, and the sum of what went wrong.
func medians(runs []TalkFigures) TalkFigures {
	var all TalkFigures
	for _, f := range runs {
		all.Lost += f.Lost
		all.Refused += f.Refused
	}
	all.P50 = medianOf(runs, func(f TalkFigures) float64 { return f.P50 })
	all.P99 = medianOf(runs, func(f TalkFigures) float64 { return f.P99 })
	all.P999 = medianOf(runs, func(f TalkFigures) float64 { return f.P999 })
	all.CPU = medianOf(runs, func(f TalkFigures) float64 { return f.CPU })
	all.Late = medianOf(runs, func(f TalkFigures) float64 { return f.Late })
	return all
}

// TalkReport is what Talk found: medians over the runs.
type TalkReport struct {
	Bench        string      `json:"bench"`
	Machine      Machine     `json:"machine"`
	Rate         int         `json:"rate"`
	Pairs        int         `json:"pairs"`
	Runs         int         `json:"runs"`
	Seconds      float64     `json:"seconds"`
	ReferenceMax float64     `json:"reference_max_per_second"`
	Reference    TalkFigures `json:"reference"`
	Yijian       TalkFigures `json:"yijian"`
	Ratio        float64     `json:"p50_ratio"`
	Goal         float64     `json:"goal_p50_ratio"`
	Verdict
}

const mostLate = 5.0 // ms

func (r TalkReport) judged() TalkReport {
	r.Why = []string{}
	r.unless(r.ReferenceMax >= validRate,
		"the reference reaches %.0f messages/s, fewer than %d; try again when the machine is quieter", r.ReferenceMax, validRate)
	r.unless(max(r.Reference.Late, r.Yijian.Late) <= mostLate,
		"the sender was late itself by more than %.0f ms; lower --rate, or try again when the machine is quieter", mostLate)
	r.unless(!r.Failed(), "%d messages were lost and %d refused; look at the server's log",
		r.Reference.Lost+r.Yijian.Lost, r.Reference.Refused+r.Yijian.Refused)
	if r.Reference.P50 > 0 {
		r.Ratio = r.Yijian.P50 / r.Reference.P50
	}
	r.Valid, r.Met = len(r.Why) == 0, r.Ratio > 0 && r.Ratio <= r.Goal
	return r
}

// Failed reports whether messages did not arrive or were refused.
func (r TalkReport) Failed() bool {
	return r.Reference.Lost+r.Yijian.Lost+r.Reference.Refused+r.Yijian.Refused > 0
}

// WriteText prints the report for people.
func (r TalkReport) WriteText(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(t, "\tp50 ms\tp99 ms\tp99.9 ms\tCPU ms a message\tlost\trefused\tsender late p99 ms\t\n")
	for _, row := range []struct {
		name string
		f    TalkFigures
	}{{"reference", r.Reference}, {"yijian", r.Yijian}} {
		fmt.Fprintf(t, "%s\t%.2f\t%.2f\t%.2f\t%.3f\t%d\t%d\t%.2f\t\n", row.name,
			row.f.P50, row.f.P99, row.f.P999, row.f.CPU, row.f.Lost, row.f.Refused, row.f.Late)
	}
	if err := t.Flush(); err != nil {
		return err
	}
	fmt.Fprintf(w, "\n%d messages/s of %d pairs, %d runs of %.0f s; %d cores, load %.1f; the reference reaches %.0f messages/s\n",
		r.Rate, r.Pairs, r.Runs, r.Seconds, r.Machine.Cores, r.Machine.Load, r.ReferenceMax)
	fmt.Fprintf(w, "p50 is %.2f times the reference's; goal of at most %.1f: %s\n", r.Ratio, r.Goal, r.line())
	r.write(w)
	return nil
}
