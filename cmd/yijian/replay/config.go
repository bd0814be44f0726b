package replay

import (
	"cmp"
	"errors"
	"fmt"
	"net/url"
	"time"
)

// Config says what to play, against which server. Zero values mean the defaults.
type Config struct {
	// CSV is the path of the questions: a header with the column text and perhaps category.
	CSV string
	// Sessions is how many visitors there are altogether (100), Parallel how many at once (10).
	Sessions, Parallel int
	// Press is the share of visitors who press the button, Ask the share who ask for a person in
	// words; the others leave after their questions.
	Press, Ask float64
	// Agents is how many agents answer (5), Capacity how many sessions each takes at once (5).
	Agents, Capacity int
	// Think is how long an agent takes for an answer.
	Think time.Duration

	// Server is the base URL of the server, Key an API key of an admin there.
	Server, Key string
	// Site is the id of the site to visit (demo), Origin the page the visitors come from (the
	// server itself).
	Site, Origin string
	// Seed makes the plans of all visitors reproducible.
	Seed uint64
	// Shuffle takes the questions in an order drawn from the seed instead of that of the file. In a
	// file sorted by category a visitor asks the same thing again and again, which is a reason to
	// put anybody through to a person.
	Shuffle bool

	// Answer is how long a visitor waits for the bot (20 s), Person for an agent or an agent's words
	// (2 min), Away how long a socket tries to come back and a request is repeated (60 s).
	Answer, Person, Away time.Duration
}

// withDefaults fills in what was left out.
func (c Config) withDefaults() Config {
	c.Sessions = cmp.Or(c.Sessions, 100)
	c.Parallel = min(cmp.Or(c.Parallel, 10), c.Sessions)
	c.Agents = cmp.Or(c.Agents, 5)
	c.Capacity = cmp.Or(c.Capacity, 5)
	c.Site = cmp.Or(c.Site, "demo")
	c.Answer = cmp.Or(c.Answer, 20*time.Second)
	c.Person = cmp.Or(c.Person, 2*time.Minute)
	c.Away = cmp.Or(c.Away, time.Minute)
	if u, err := url.Parse(c.Server); err == nil && c.Origin == "" {
		c.Origin = u.Scheme + "://" + u.Host
	}
	return c
}

// Validate returns all that is wrong with the settings, joined.
func (c Config) Validate() error {
	var errs []error
	must := func(ok bool, format string, args ...any) {
		if !ok {
			errs = append(errs, fmt.Errorf(format, args...))
		}
	}
	must(c.CSV != "", "no questions were named; give a CSV with the column text")
	must(c.Sessions >= 0, "%d sessions cannot be played; ask for at least 1", c.Sessions)
	must(c.Parallel >= 0, "%d sessions at once cannot be played; ask for at least 1", c.Parallel)
	must(share(c.Press), "%v is not a share of visitors; let a number from 0 to 1 press the button", c.Press)
	must(share(c.Ask), "%v is not a share of visitors; let a number from 0 to 1 ask in words", c.Ask)
	must(!share(c.Press) || !share(c.Ask) || c.Press+c.Ask <= 1,
		"those who press (%v) and those who ask (%v) are more than all visitors; let the sum be at most 1", c.Press, c.Ask)
	must(c.Agents >= 0, "%d agents cannot answer; ask for at least 1", c.Agents)
	must(c.Capacity >= 0 && c.Capacity <= 50, "an agent cannot take %d sessions; let it be 1 to 50", c.Capacity)
	must(min(c.Think, c.Answer, c.Person, c.Away) >= 0, "a time is negative; leave it out or make it longer")
	must(c.Key != "", "there is no API key; make one for an admin of the server")
	u, err := url.Parse(c.Server)
	must(err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && u.User == nil,
		"%q is not the address of a server; write it like http://127.0.0.1:8080", c.Server)
	return errors.Join(errs...)
}

// share is false for NaN as well.
func share(x float64) bool { return x >= 0 && x <= 1 }
