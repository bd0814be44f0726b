package replay

import (
	"math"
	"strings"
	"testing"
	"time"
)

func TestConfigTellsAllThatIsWrongAtOnce(t *testing.T) {
	t.Parallel()
	err := Config{
		Server: "localhost:8080", Sessions: -1, Parallel: -2, Press: math.NaN(), Ask: 1.5, Agents: -1, Capacity: 51,
		Think: -time.Second,
	}.Validate()
	if err == nil {
		t.Fatal("Validate took settings that are all wrong")
	}
	for _, want := range []string{
		"no questions were named", "-1 sessions", "-2 sessions at once", "NaN is not a share", "1.5 is not a share",
		"-1 agents", "cannot take 51 sessions", "a time is negative", "no API key", `"localhost:8080" is not the address`,
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("the problems do not mention %q:\n%v", want, err)
		}
	}
}

func TestConfigKnowsGoodSettings(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		change func(*Config)
		bad    string
	}{
		"as they are":      {change: func(*Config) {}},
		"all by shares":    {change: func(c *Config) { c.Press, c.Ask = 0.5, 0.5 }},
		"https":            {change: func(c *Config) { c.Server = "https://chat.example/" }},
		"shares above all": {change: func(c *Config) { c.Press, c.Ask = 0.6, 0.5 }, bad: "more than all visitors"},
		"a password in it": {change: func(c *Config) { c.Server = "http://a:b@chat.example" }, bad: "not the address"},
		"not http":         {change: func(c *Config) { c.Server = "redis://127.0.0.1" }, bad: "not the address"},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := Config{CSV: "questions.csv", Server: "http://127.0.0.1:8080", Key: "yjk_x"}
			tc.change(&c)
			err := c.Validate()
			if (err != nil) != (tc.bad != "") || err != nil && !strings.Contains(err.Error(), tc.bad) {
				t.Errorf("got %v, want a problem with %q", err, tc.bad)
			}
		})
	}
}

func TestConfigComesFromTheServersOwnPageByDefault(t *testing.T) {
	t.Parallel()
	c := Config{Server: "http://127.0.0.1:8080/", Sessions: 3}.withDefaults()
	if c.Origin != "http://127.0.0.1:8080" {
		t.Errorf("got origin %q, want that of the server", c.Origin)
	}
	if c.Parallel != 3 {
		t.Errorf("got %d at once, want no more than there are sessions", c.Parallel)
	}
}
