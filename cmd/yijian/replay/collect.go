package replay

import (
	"fmt"
	"sync"
	"time"
)

// collector puts the results of all visitors together.
type collector struct {
	progress func(done int)

	mu              sync.Mutex
	report          Report
	grades          grades
	toLine, toAgent []time.Duration
	done            int
}

// result is one session, played and checked.
type result struct {
	number    int
	session   string
	completed bool
	lived     outcome
	faults    faults
	grades    grades
}

func (c *collector) add(r result) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.manner(r.lived)
	c.grades.add(r.grades)
	if why := r.grades.Reason; why != "" {
		c.report.Handoffs[why]++
	}
	c.report.BotSilent += r.lived.Silent
	c.report.Lost += len(r.faults.Lost)
	c.report.Doubled += len(r.faults.Doubled)
	c.report.BotAfterHandoff += len(r.faults.BotAfterHandoff)
	c.report.Dropped += len(r.faults.Dropped)
	if r.completed {
		c.report.Completed++
	}
	c.findings(r)
	c.done++
	c.progress(c.done)
}

func (c *collector) manner(o outcome) {
	if o.WordsMissed {
		c.report.WordsMissed++
	}
	if o.ToLine > 0 {
		c.toLine = append(c.toLine, o.ToLine)
	}
	if o.ToAgent > 0 {
		c.toAgent = append(c.toAgent, o.ToAgent)
	}
	switch {
	case o.Escalated:
		c.report.Escalated++
	case o.Manner == presses:
		c.report.Pressed++
	case o.Manner == asksInWords:
		c.report.Asked++
	default:
		c.report.Left++
	}
}

func (c *collector) findings(r result) {
	note := func(kind, what string) {
		if len(c.report.Findings) < mostFindings {
			c.report.Findings = append(c.report.Findings,
				fmt.Sprintf("%s: visitor %d, session %s: %s", kind, r.number, r.session, what))
		}
	}
	for _, f := range []struct {
		kind string
		what []string
	}{
		{"lost", r.faults.Lost},
		{"doubled", r.faults.Doubled},
		{"bot after handoff", r.faults.BotAfterHandoff},
		{"dropped", r.faults.Dropped},
	} {
		for _, what := range f.what {
			note(f.kind, what)
		}
	}
	if r.lived.Err != nil {
		note("not completed", r.lived.Err.Error())
	}
}

// finish returns the report.
func (c *collector) finish(took time.Duration, t *tally) Report {
	c.mu.Lock()
	defer c.mu.Unlock()
	r, g := c.report, c.grades
	t.into(&r)
	r.Seconds = took.Seconds()
	r.Questions, r.Graded = g.Asked, g.Graded
	if g.Asked > 0 {
		r.BotAnswered = float64(g.Answered) / float64(g.Asked)
	}
	if g.Graded > 0 {
		accuracy := float64(g.Right) / float64(g.Graded)
		r.IntentAccuracy = &accuracy
	}
	r.AskedToLine, r.AskedToAgent = quantilesOf(c.toLine), quantilesOf(c.toAgent)
	return r
}
