package simulate

import (
	"fmt"
	"io"
	"strings"
	"time"
)

// Plan is how many agents a day needs so that a share of its visitors reach a person in time.
type Plan struct {
	Share  float64 `json:"share"`
	Within Span    `json:"within_s"`
	// Agents is the smallest number that is enough if the same number works all day.
	Agents int `json:"agents"`
	// Hours are the numbers if they may change with the hour, and Report what the day comes to then.
	Hours  []HourPlan `json:"hours"`
	Report Report     `json:"report"`
}

// HourPlan is one hour of a plan.
type HourPlan struct {
	Hour    int     `json:"hour"`
	PerHour float64 `json:"per_hour"`
	Agents  int     `json:"agents"`
	InTime  float64 `json:"in_time"`
}

// At returns what the plan says about an hour; false if nobody comes in it.
func (p *Plan) At(hour int) (HourPlan, bool) {
	for _, h := range p.Hours {
		if h.Hour == hour {
			return h, true
		}
	}
	return HourPlan{}, false
}

// Staff finds the smallest number of agents, like those of the first shift, with whom a share of the
// visitors reach a person within c.Target: over the whole day, and for each hour. The other shifts
// of c are taken to work as they are.
//
// The hours are settled one after another: each gets the smallest number that is enough after the
// hours before it, so one that inherits a line is given those who work it off.
func Staff(c Config, share float64) (Plan, error) {
	c.defaults()
	if !(share > 0) || share >= 1 {
		return Plan{}, fmt.Errorf("%w: a target of %v of the visitors; give more than 0 and less than 1", ErrInvalid, share)
	}
	if len(c.Shifts) == 0 {
		c.Shifts = []Shift{AllDay(1, 1)}
	}
	p := Plan{Share: share, Within: Span(c.Target)}
	var err error
	p.Agents, err = smallest(func(n int) (bool, error) {
		p.Report, err = Run(c.staffed(func(int) int { return n }))
		return p.Report.All.InTime >= share, err
	})
	if err != nil {
		return Plan{}, err
	}
	need := map[int]int{}
	for _, h := range p.Report.Hours {
		n, err := smallest(func(n int) (bool, error) {
			r, err := Run(c.staffed(func(hour int) int {
				if hour < h.Hour {
					return need[hour]
				}
				return n
			}))
			return r.inTime(h.Hour) >= share, err
		})
		if err != nil {
			return Plan{}, err
		}
		need[h.Hour] = n
		p.Hours = append(p.Hours, HourPlan{Hour: h.Hour, PerHour: float64(h.Arrived) / float64(c.Days)})
	}
	return p.hold(c, need)
}

// smallest is the least number from 1 that is enough, given that more are never worse.
func smallest(enough func(n int) (bool, error)) (int, error) {
	few, many := 0, 1
	for {
		if many > maxSeats {
			return 0, fmt.Errorf("%w: not even %d agents are enough; lower the target", ErrInvalid, few)
		}
		ok, err := enough(many)
		if err != nil {
			return 0, err
		}
		if ok {
			break
		}
		few, many = many, 2*many
	}
	for many-few > 1 {
		n := (few + many) / 2
		ok, err := enough(n)
		if err != nil {
			return 0, err
		}
		if ok {
			many = n
		} else {
			few = n
		}
	}
	return many, nil
}

func sized(s Shift, agents int) Shift {
	s.Agents = agents
	return s
}

// staffed is the day with so many agents in each hour instead of the first shift.
func (c *Config) staffed(need func(hour int) int) Config {
	day := *c
	day.Shifts = append(layers(c.Shifts[0], need), c.Shifts[1:]...)
	return day
}

// inTime is what an hour came to; 0 if nobody came in it.
func (r *Report) inTime(hour int) float64 {
	for _, h := range r.Hours {
		if h.Hour == hour {
			return h.InTime
		}
	}
	return 0
}

// raises bounds how often a plan is corrected.
const raises = 100

// hold plays the plan and raises what is not enough.
func (p *Plan) hold(c Config, need map[int]int) (Plan, error) {
	for range raises {
		r, err := Run(c.staffed(func(hour int) int { return need[hour] }))
		if err != nil {
			return Plan{}, err
		}
		p.Report = r
		short := false
		for i, h := range r.Hours {
			p.Hours[i].Agents, p.Hours[i].InTime = need[h.Hour], h.InTime
			if h.InTime < p.Share {
				need[h.Hour]++
				short = true
			}
		}
		if !short {
			return *p, nil
		}
	}
	return *p, nil
}

// layers turns the numbers of each hour into shifts of one agent each, who stay as long as so many are
// needed. Hours in which nobody comes are worked by one, who helps those still in line.
func layers(like Shift, need func(hour int) int) []Shift {
	most := 1
	for hour := range hours {
		most = max(most, need(hour))
	}
	var out []Shift
	for level := 1; level <= most; level++ {
		for hour := 0; hour < hours; hour++ {
			from := hour
			for hour < hours && max(1, need(hour)) >= level {
				hour++
			}
			if hour > from {
				s := sized(like, 1)
				s.From, s.To = time.Duration(from)*time.Hour, time.Duration(hour)*time.Hour
				out = append(out, s)
			}
		}
	}
	return out
}

// WriteText prints the plan for people.
func (p *Plan) WriteText(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "\n  For %s of the visitors to reach a person within %v:\n", percent(p.Share), p.Within)
	fmt.Fprintf(&b, "  %d agents if the same number works all day.\n\n", p.Agents)
	rows := [][]any{{"HOUR", "visitors an hour", "agents", "in time", ""}}
	for _, h := range p.Hours {
		rows = append(rows, []any{
			clock(time.Duration(h.Hour) * time.Hour), fmt.Sprintf("%.1f", h.PerHour), h.Agents, percent(h.InTime), bar(h.InTime),
		})
	}
	table(&b, rows)
	if _, err := io.WriteString(w, b.String()); err != nil {
		return fmt.Errorf("writing the plan: %w", err)
	}
	return nil
}
