package main

import (
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"

	"yijian/router/simulate"
)

type simulateCmd struct {
	Day      string        `name:"day" placeholder:"FILE" help:"A YAML file that describes visitors and shifts, instead of the flags for them; see docs/SIMULATION.md."`
	Agents   int           `name:"agents" default:"5" help:"How many agents are on duty (${default})."`
	Capacity int           `name:"capacity" default:"1" help:"How many chats an agent has at once (${default})."`
	PerHour  float64       `name:"per-hour" default:"30" help:"How many visitors ask for a person in an hour, on average (${default})."`
	Profile  []string      `name:"profile" placeholder:"9=40,10=80" help:"How many in each hour of the day, instead of --per-hour."`
	Burst    []string      `name:"burst" placeholder:"10:00+80/5m" help:"A crowd on top: when, how many, over how long."`
	Arrivals string        `name:"arrivals" placeholder:"FILE" help:"A CSV file of arrivals to replay: columns at, queue, lang, reason, handle_s."`
	Handle   time.Duration `name:"handle" default:"8m" help:"How long a chat takes, on average (${default})."`
	Spread   float64       `name:"spread" help:"Makes chats lognormal: their standard deviation in means, mostly 0.5 to 1.5. Without it they are exponential."`
	Patience time.Duration `name:"patience" help:"How long visitors would wait, on average. It only measures who would have gone."`
	Leave    bool          `name:"leave" help:"Let visitors whose patience is over go away."`
	From     string        `name:"from" default:"09:00" help:"When the first visitor may come (${default})."`
	For      time.Duration `name:"for" default:"8h" help:"How long visitors arrive (${default})."`
	Days     int           `name:"days" default:"1" help:"How many such days are played (${default})."`
	Target   string        `name:"target" placeholder:"80/60" help:"Find the smallest number of agents with whom 80 % reach a person within 60 s."`
	At       string        `name:"at" placeholder:"10:00" help:"With --target, answer for this hour only."`
	ETA      bool          `name:"eta" help:"Hold the waits that visitors would be shown against those that came."`
	Seed     uint64        `name:"seed" default:"1" help:"Makes the day repeatable (${default})."`
	JSON     bool          `name:"json" help:"Print one JSON object instead of a text."`
}

// Run plays the day, or finds who must work it.
func (c *simulateCmd) Run(e *env) error {
	config, err := c.config()
	if err != nil {
		return err
	}
	if c.Target != "" {
		return c.staff(e, config)
	}
	if c.At != "" {
		return fmt.Errorf("%w: --at asks for an hour of a --target; give both", simulate.ErrInvalid)
	}
	report, err := simulate.Run(config)
	if err != nil {
		return err
	}
	return e.tell(report, c.JSON)
}

func (c *simulateCmd) config() (simulate.Config, error) {
	config, err := c.visitors()
	if err != nil {
		return config, err
	}
	config.Seed, config.Days, config.Leave, config.ETA = c.Seed, c.Days, c.Leave, c.ETA
	if c.Arrivals == "" {
		return config, nil
	}
	file, err := os.Open(c.Arrivals)
	if err != nil {
		return config, fmt.Errorf("reading arrivals: %w", err)
	}
	defer file.Close() //nolint:errcheck // it was only read
	if config.Replay, err = simulate.ReadArrivals(file, config.Streams[0].Queue); err != nil {
		return config, fmt.Errorf("reading %s: %w", c.Arrivals, err)
	}
	// Known visitors come instead of those by chance, unless a day file wants both.
	if c.Day == "" {
		config.Streams[0].PerHour, config.Streams[0].Profile = 0, nil
	}
	return config, nil
}

// visitors reads the day file, or the flags that describe a simple day.
func (c *simulateCmd) visitors() (simulate.Config, error) {
	if c.Day != "" {
		return readDay(c.Day)
	}
	from, err := timeOfDay(c.From)
	if err != nil {
		return simulate.Config{}, err
	}
	profile, err := parseProfile(c.Profile)
	if err != nil {
		return simulate.Config{}, err
	}
	stream := simulate.Stream{Queue: "general", PerHour: c.PerHour, Profile: profile, Handle: lengths(c.Handle, c.Spread)}
	if c.Patience != 0 {
		stream.Patience = lengths(c.Patience, 0)
	}
	for _, text := range c.Burst {
		burst, err := parseBurst(text)
		if err != nil {
			return simulate.Config{}, err
		}
		stream.Bursts = append(stream.Bursts, burst)
	}
	return simulate.Config{
		Open: from, For: c.For, Streams: []simulate.Stream{stream},
		Shifts: []simulate.Shift{simulate.AllDay(c.Agents, c.Capacity)},
	}, nil
}

// planVisitors is how many visitors a plan is founded on, at the least.
const planVisitors = 5000

func (c *simulateCmd) staff(e *env, config simulate.Config) error {
	share, within, err := parseTarget(c.Target)
	if err != nil {
		return err
	}
	hour := time.Duration(-1)
	if c.At != "" {
		if hour, err = timeOfDay(c.At); err != nil {
			return err
		}
	}
	config.Target = within
	if c.Days == 1 && c.Arrivals == "" {
		// One day of a small desk is luck.
		one, err := simulate.Run(config)
		if err != nil {
			return err
		}
		config.Days = min(200, 1+planVisitors/max(1, one.Arrived))
	}
	plan, err := simulate.Staff(config, share)
	if err != nil {
		return err
	}
	if hour >= 0 {
		return c.answer(e, &plan, hour)
	}
	return e.tell(&plan, c.JSON)
}

func (c *simulateCmd) answer(e *env, plan *simulate.Plan, at time.Duration) error {
	h, ok := plan.At(int(at / time.Hour))
	if !ok {
		return fmt.Errorf("%w: nobody comes in the hour of %s; give an hour in which visitors arrive", simulate.ErrInvalid, c.At)
	}
	return e.tell(hourly{h, c.At, plan.Within}, c.JSON)
}

// hourly is the answer to one question: how many agents are needed then.
type hourly struct {
	simulate.HourPlan
	at     string
	within simulate.Span
}

// WriteText prints the answer as a sentence.
func (h hourly) WriteText(w io.Writer) error {
	_, err := fmt.Fprintf(w, "%d agents at %s: with %.1f visitors an hour, %.1f %% reach a person within %v.\n",
		h.Agents, h.at, h.PerHour, h.InTime*100, h.within)
	return err
}

func lengths(mean time.Duration, spread float64) simulate.Lengths {
	l := simulate.Lengths{Mean: mean}
	if spread != 0 {
		l.Shape, l.CV = simulate.Lognormal, spread
	}
	return l
}

// badDay is a mistake in how a day was written down.
func badDay(format string, args ...any) error {
	return fmt.Errorf("%w: "+format, append([]any{simulate.ErrInvalid}, args...)...)
}

// timeOfDay reads 10:00. 24:00 is the end of a day.
func timeOfDay(text string) (time.Duration, error) {
	if text == "24:00" {
		return 24 * time.Hour, nil
	}
	t, err := time.Parse("15:04", text)
	if err != nil {
		return 0, badDay("%q is no time of day; write it as 10:00", text)
	}
	return time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute, nil
}

// parseProfile reads the rates of hours, as 9=40.
func parseProfile(pairs []string) ([]float64, error) {
	if len(pairs) == 0 {
		return nil, nil
	}
	out := make([]float64, 24)
	for _, pair := range pairs {
		name, value, _ := strings.Cut(pair, "=")
		hour, err := strconv.Atoi(strings.TrimSpace(name))
		rate, err2 := strconv.ParseFloat(strings.TrimSpace(value), 64)
		if err != nil || err2 != nil || hour < 0 || hour > 23 {
			return nil, badDay("%q is no hour of a profile; write the hour from 0 to 23 and its visitors, as 9=40", pair)
		}
		out[hour] = rate
	}
	return out, nil
}

// parseBurst reads 10:00+80/5m.
func parseBurst(text string) (simulate.Burst, error) {
	wrong := badDay("%q is no burst; write when, how many and over how long, as 10:00+80/5m", text)
	at, rest, ok := strings.Cut(text, "+")
	number, length, ok2 := strings.Cut(rest, "/")
	if !ok || !ok2 {
		return simulate.Burst{}, wrong
	}
	from, err := timeOfDay(at)
	n, err2 := strconv.Atoi(number)
	over, err3 := time.ParseDuration(length)
	if err != nil || err2 != nil || err3 != nil {
		return simulate.Burst{}, wrong
	}
	return simulate.Burst{At: from, N: n, Over: over}, nil
}

// parseTarget reads 80/60: so many per cent within so many seconds.
func parseTarget(text string) (share float64, within time.Duration, err error) {
	percent, seconds, _ := strings.Cut(text, "/")
	p, err := strconv.ParseFloat(percent, 64)
	s, err2 := strconv.ParseFloat(seconds, 64)
	if err != nil || err2 != nil || !(p > 0) || p >= 100 || !(s > 0) || s > 86400 {
		return 0, 0, badDay("%q is no target; write the per cent of visitors and their seconds, as 80/60", text)
	}
	return p / 100, time.Duration(s * float64(time.Second)), nil
}
