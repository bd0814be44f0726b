package main

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/rs/zerolog"

	"yijian/router"
	"yijian/router/escalate"
)

// setting is one value of the configuration, with its name, its default and its text form.
type setting struct {
	key, def string
	form
}

// form reads a value into a Config and writes it out again, passwords hidden. The error of parse
// says what is wrong and what to write.
type form struct {
	parse func(c *Config, text string) error
	show  func(c Config) string
}

// The words of durability.
const fast, safe, refuse, degrade = "fast", "safe", "refuse", "degrade"

// mostCap is more than one process can serve.
const mostCap = 1_000_000

// settings is the list of all of them but sites, which only a file can hold. Those of the policy have
// the defaults and the floors of the judge itself.
func settings() []setting {
	policy := escalate.Default()
	return []setting{
		{"listen", "127.0.0.1:8080", text(func(c *Config) *string { return &c.Listen }, checkListen)},
		{"redis", "mem://", secret(func(c *Config) *string { return &c.Redis }, checkRedis)},
		{"db", "./data/yijian.db", secret(func(c *Config) *string { return &c.DB }, checkDB)},
		{"kb", "", text(func(c *Config) *string { return &c.KB }, nil)},
		{"bot_url", "", secret(func(c *Config) *string { return &c.Model.URL }, checkModelURL)},
		{"bot_model", "", text(func(c *Config) *string { return &c.Model.Name }, nil)},
		{"bot_key", "", hidden(func(c *Config) *string { return &c.Model.Key })},
		{"origins", "", list(func(c *Config) *[]string { return &c.Origins }, readOrigin)},
		{"log_level", "info", logLevel()},
		{"log_format", "auto", text(func(c *Config) *string { return &c.LogFormat }, oneOf("auto", "json", "console"))},
		{"durability", fast, text(func(c *Config) *string { return &c.Durability }, oneOf(fast, safe))},
		{"safe_on_no_replica", refuse, text(func(c *Config) *string { return &c.SafeOnNoReplica }, oneOf(refuse, degrade))},
		{"drain_timeout", "25s", duration(func(c *Config) *time.Duration { return &c.DrainTimeout }, time.Second, 10*time.Minute)},
		{"trusted_proxies", "", list(func(c *Config) *[]netip.Prefix { return &c.TrustedProxies }, readNetwork)},
		{"address_sockets", "200", number(func(c *Config) *int { return &c.Caps.AddressSockets }, 0, mostCap)},
		{"address_hellos", "600", number(func(c *Config) *int { return &c.Caps.AddressHellos }, 0, mostCap)},
		{"address_sessions", "60", number(func(c *Config) *int { return &c.Caps.AddressSessions }, 0, mostCap)},
		{"site_sessions", "60000", number(func(c *Config) *int { return &c.Caps.SiteSessions }, 0, mostCap)},
		{"failed_turns", strconv.Itoa(policy.FailedTurns), number(func(c *Config) *int { return &c.Policy.FailedTurns }, 1, escalate.MaxFailedTurns)},
		{"bot_silent_offer", policy.BotSilentOffer.String(), duration(func(c *Config) *time.Duration { return &c.Policy.BotSilentOffer }, time.Second, escalate.MaxBotSilentOffer)},
		{"bot_silent_transfer", policy.BotSilentTransfer.String(), duration(func(c *Config) *time.Duration { return &c.Policy.BotSilentTransfer }, time.Second, escalate.MaxBotSilentTransfer)},
		{"idle_end", "0s", duration(func(c *Config) *time.Duration { return &c.IdleEnd }, 0, 30*24*time.Hour)},
		{"idle_warning", router.MinIdleWarning.String(), duration(func(c *Config) *time.Duration { return &c.IdleWarning }, 0, 24*time.Hour)},
		{"pprof", "false", boolean(func(c *Config) *bool { return &c.PProf })},
	}
}

func text(field func(*Config) *string, check func(string) error) form {
	return form{
		parse: func(c *Config, text string) error {
			if check != nil {
				if err := check(text); err != nil {
					return err
				}
			}
			*field(c) = text
			return nil
		},
		show: func(c Config) string { return *field(&c) },
	}
}

// secret is text that may hold a password, so neither its errors nor what it shows repeat it.
func secret(field func(*Config) *string, check func(string) error) form {
	f := text(field, check)
	f.show = func(c Config) string {
		if value := *field(&c); strings.Contains(value, "://") {
			return redactURL(value)
		}
		return *field(&c)
	}
	return f
}

// hidden is text that nobody is shown, as the passwords of URLs are.
func hidden(field func(*Config) *string) form {
	f := text(field, nil)
	f.show = func(c Config) string {
		if *field(&c) == "" {
			return ""
		}
		return "xxxxx"
	}
	return f
}

func duration(field func(*Config) *time.Duration, least, most time.Duration) form {
	return form{
		parse: func(c *Config, text string) error {
			d, err := time.ParseDuration(text)
			if err != nil {
				return fmt.Errorf("%q is not a length of time; write one such as 25s or 2m", text)
			}
			if d < least || d > most {
				return fmt.Errorf("%s is out of range; write %s to %s", text, least, most)
			}
			*field(c) = d
			return nil
		},
		show: func(c Config) string { return field(&c).String() },
	}
}

func number(field func(*Config) *int, least, most int) form {
	return form{
		parse: func(c *Config, text string) error {
			n, err := strconv.Atoi(text)
			if err != nil || n < least || n > most {
				return fmt.Errorf("%q is not possible here; write a whole number from %d to %d", text, least, most)
			}
			*field(c) = n
			return nil
		},
		show: func(c Config) string { return strconv.Itoa(*field(&c)) },
	}
}

func boolean(field func(*Config) *bool) form {
	return form{
		parse: func(c *Config, text string) error {
			if text != "true" && text != "false" {
				return fmt.Errorf("%q is neither; write true or false", text)
			}
			*field(c) = text == "true"
			return nil
		},
		show: func(c Config) string { return strconv.FormatBool(*field(&c)) },
	}
}

// list is values separated by commas.
func list[T any](field func(*Config) *[]T, read func(string) (T, error)) form {
	return form{
		parse: func(c *Config, text string) error {
			var values []T
			for one := range strings.SplitSeq(text, ",") {
				if one = strings.TrimSpace(one); one == "" {
					continue
				}
				value, err := read(one)
				if err != nil {
					return err
				}
				values = append(values, value)
			}
			*field(c) = values
			return nil
		},
		show: func(c Config) string {
			var texts []string
			for _, value := range *field(&c) {
				texts = append(texts, fmt.Sprint(value))
			}
			return strings.Join(texts, ",")
		},
	}
}

func logLevel() form {
	check := oneOf("debug", "info", "warn", "error")
	return form{
		parse: func(c *Config, text string) error {
			if err := check(text); err != nil {
				return err
			}
			level, err := zerolog.ParseLevel(text)
			c.LogLevel = level
			return err
		},
		show: func(c Config) string { return c.LogLevel.String() },
	}
}

func oneOf(words ...string) func(string) error {
	return func(text string) error {
		if !slices.Contains(words, text) {
			return fmt.Errorf("%q is none of them; write %s", text, strings.Join(words, ", "))
		}
		return nil
	}
}

func checkListen(text string) error {
	_, port, err := net.SplitHostPort(text)
	if err != nil {
		return fmt.Errorf("%q is not an address; write host:port, such as 127.0.0.1:8080", text)
	}
	if _, err := strconv.ParseUint(port, 10, 16); err != nil {
		return fmt.Errorf("%q has no port; write a number from 0 (any free one) to 65535 after the colon", text)
	}
	return nil
}

func checkRedis(text string) error {
	const write = "; write mem://, redis://host:6379, rediss://, redis-sentinel:// or redis-cluster://"
	if text == "mem://" {
		return nil
	}
	u, err := url.Parse(text)
	if err != nil || u.Scheme == "" {
		return errors.New("this is not a Redis URL" + write)
	}
	if !slices.Contains([]string{"redis", "rediss", "redis-sentinel", "redis-cluster"}, u.Scheme) {
		return fmt.Errorf("%q is not a kind of Redis%s", u.Scheme, write)
	}
	if u.Host == "" {
		return errors.New("the Redis URL names no host" + write)
	}
	return nil
}

func checkDB(text string) error {
	scheme, _, isURL := strings.Cut(text, "://")
	if isURL && scheme != "postgres" && scheme != "postgresql" {
		return fmt.Errorf("%q is not a kind of record; write the path of a SQLite file, "+
			"or postgres://user:password@host:5432/database", scheme)
	}
	return nil
}

func checkModelURL(text string) error {
	const write = "; write the base of its API, such as https://models.example/v1 or http://127.0.0.1:11434/v1"
	u, err := url.Parse(text)
	switch {
	case text == "":
		return nil
	case err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https":
		return errors.New("this is not the address of a model" + write)
	case u.User != nil || u.RawQuery != "" || u.Fragment != "":
		return errors.New("the address of a model holds no name, password or query; give the key as YJ_BOT_KEY" + write)
	}
	return nil
}

// readOrigin returns an origin as browsers send it: lower case, no default port, no path.
func readOrigin(text string) (string, error) {
	u, err := url.Parse(strings.ToLower(text))
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return "", fmt.Errorf("%q is not an origin; write https://host or https://host:port", text)
	}
	plain := url.URL{Scheme: u.Scheme, Host: u.Host}
	if *u != plain {
		return "", fmt.Errorf("%q is more than an origin; write only %s", text, plain.String())
	}
	if strings.ContainsAny(u.Host, "*") || strings.ContainsFunc(u.Host, func(r rune) bool { return r > '~' }) {
		return "", fmt.Errorf("%q is not one host; write each host in full, others than ASCII as xn--", text)
	}
	if u.Scheme == "http" && u.Port() == "80" || u.Scheme == "https" && u.Port() == "443" {
		plain.Host = u.Hostname()
	}
	return plain.String(), nil
}

func readNetwork(text string) (netip.Prefix, error) {
	if addr, err := netip.ParseAddr(text); err == nil {
		return netip.PrefixFrom(addr, addr.BitLen()), nil
	}
	prefix, err := netip.ParsePrefix(text)
	if err != nil {
		return prefix, fmt.Errorf("%q is not a network; write one such as 10.0.0.0/8 or an address", text)
	}
	return prefix.Masked(), nil
}
