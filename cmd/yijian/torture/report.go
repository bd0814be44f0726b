package torture

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"yijian/cmd/yijian/torture/check"
	"yijian/cmd/yijian/torture/history"
)

// Report is what a run has shown.
type Report struct {
	Seed       uint64             `json:"seed"`
	Redis      string             `json:"redis"`
	Durability history.Durability `json:"durability"`
	Nodes      int                `json:"nodes"`
	// Seconds is how long things broke, Took how long all of it took, with the end and the verdict.
	Seconds float64 `json:"seconds"`
	Took    float64 `json:"took"`

	// Faults counts what was broken, by kind.
	Faults map[string]int `json:"faults"`
	// NotLetIn visitors lost patience before they were welcomed.
	NotLetIn int `json:"not_let_in"`
	// Sessions were played and are in Redis, Events are in their logs.
	Sessions int `json:"sessions"`
	Events   int `json:"events"`
	// Entries is how much clients sent and received.
	Entries    int `json:"entries"`
	Reconnects int `json:"reconnects"`
	Resets     int `json:"resets"`
	// Errors counts what clients were told, by code, and how their connections were closed.
	Errors map[string]int `json:"errors"`
	// Resumed sessions were opened again at the end, Unresumed ones could not be. The rest was begun for
	// clients whose connection broke before they heard of it.
	Resumed   int `json:"resumed"`
	Unresumed int `json:"unresumed"`

	// Crashes are panics and the like of the servers.
	Crashes []string `json:"crashes"`
	// Violations counts by the number of the invariant; Findings are the first of each in words.
	Violations map[int]int `json:"violations"`
	Findings   []string    `json:"findings"`
	// Repeat is the command that does the same again.
	Repeat string `json:"repeat"`
}

// findingsEach is how many violations of one invariant are told in words.
const findingsEach = 5

func newReport(cfg Config, h history.History, counts map[string]int, violations []check.Violation) Report {
	r := Report{
		Seed: cfg.Seed, Redis: cfg.Redis, Durability: cfg.Durability, Nodes: cfg.Nodes, Seconds: cfg.Duration.Seconds(),
		Faults: map[string]int{}, Errors: map[string]int{},
		Sessions: len(h.Logs), NotLetIn: cfg.Sessions - len(h.Resumes), Entries: h.Journal.Len(),
		Reconnects: counts["reconnect"], Resets: counts["reset"], Violations: map[int]int{}, Findings: []string{},
		Repeat: cfg.command(),
	}
	for what, n := range counts {
		if fault, ok := strings.CutPrefix(what, "fault "); ok {
			r.Faults[fault] = n
		} else if what != "reconnect" && what != "reset" {
			r.Errors[strings.TrimPrefix(what, "error ")] = n
		}
	}
	for _, l := range h.Logs {
		r.Events += len(l.Events)
	}
	for _, resume := range h.Resumes {
		if resume.OK {
			r.Resumed++
		} else {
			r.Unresumed++
		}
	}
	for _, v := range violations {
		r.Violations[v.Invariant]++
		if r.Violations[v.Invariant] <= findingsEach {
			r.Findings = append(r.Findings, strings.Join(append([]string{v.String()}, v.Evidence...), "\n      "))
		}
	}
	return r
}

// command is the command line that does the same again.
func (c Config) command() string {
	return fmt.Sprintf("yijian torture --duration %s --nodes %d --redis %s --durability %s --sessions %d --parallel %d "+
		"--agents %d --capacity %d --every %s --kill-every %s --failover-every %s --forget-every %s --at-desk %v --seed %d",
		c.Duration, c.Nodes, c.Redis, c.Durability, c.Sessions, c.Parallel,
		c.Agents, c.Capacity, c.Every, c.KillEvery, c.FailoverEvery, c.ForgetEvery, c.AtDesk, c.Seed)
}

// Failed reports whether a promise was broken, a session could not be resumed, or a server crashed.
func (r Report) Failed() bool { return len(r.Violations) > 0 || r.Unresumed > 0 || len(r.Crashes) > 0 }

// WriteText writes the report for people.
func (r Report) WriteText(w io.Writer) error {
	var b strings.Builder
	row := func(name, format string, args ...any) {
		fmt.Fprintf(&b, "  %-26s %s\n", name, fmt.Sprintf(format, args...))
	}
	rows := func(counts map[string]int) {
		for _, what := range slices.Sorted(maps.Keys(counts)) {
			row(strings.ReplaceAll(what, "_", " "), "%d", counts[what])
		}
	}
	seconds := func(s float64) time.Duration { return time.Duration(s * float64(time.Second)).Round(time.Second) }
	fmt.Fprintf(&b, "%s (%s in all) on %d nodes, redis %s, durability %s, seed %d\n",
		seconds(r.Seconds), seconds(r.Took), r.Nodes, r.Redis, r.Durability, r.Seed)
	b.WriteString("\nBroken\n")
	rows(r.Faults)
	b.WriteString("\nSeen\n")
	row("sessions", "%d", r.Sessions)
	row("visitors not let in", "%d", r.NotLetIn)
	row("events stored", "%d", r.Events)
	row("frames taken down", "%d", r.Entries)
	row("reconnects", "%d", r.Reconnects)
	row("resets", "%d", r.Resets)
	rows(r.Errors)
	b.WriteString("\nVerdict\n")
	row("resumed", "%d", r.Resumed)
	row("unable to resume", "%d", r.Unresumed)
	for _, n := range slices.Sorted(maps.Keys(r.Violations)) {
		row(fmt.Sprintf("invariant %d broken", n), "%d", r.Violations[n])
	}
	for _, f := range slices.Concat(r.Crashes, r.Findings) {
		fmt.Fprintf(&b, "  · %s\n", f)
	}
	b.WriteString("\n" + r.verdict() + "\n")
	if _, err := io.WriteString(w, b.String()); err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	return nil
}

func (r Report) verdict() string {
	if !r.Failed() {
		return fmt.Sprintf("Passed: 0 violations, and all %d sessions that a visitor knows of were resumed.", r.Resumed)
	}
	broken := 0
	for _, n := range r.Violations {
		broken += n
	}
	return fmt.Sprintf("Failed: violations: %d, sessions unable to resume: %d, crashes of servers: %d.\nTo see it again: %s",
		broken, r.Unresumed, len(r.Crashes), r.Repeat)
}
