package main

import (
	"errors"
	"fmt"
	"net/netip"
	"strings"
	"time"
	_ "time/tzdata" // the zones of opening hours, also where the system has none

	"github.com/rs/zerolog"

	"yijian/router"
	"yijian/router/hours"
	"yijian/web"
)

// Config is every setting of a server, checked. Load makes one.
type Config struct {
	Listen string // host:port; an empty host is every address
	Redis  string // mem:// or a URL that rdb.Open takes
	DB     string // a SQLite file or a postgres:// URL
	KB     string // a knowledge file; empty is the demo's
	Model  Model  // who puts answers into words, if its URL is not empty
	Sites  []Site // never empty
	// Queues are the lines of every desk; none means that any queue is taken, by the default rule.
	Queues []Queue
	// Origins are pages besides our own that may embed the demo site's widget.
	Origins   []string
	LogLevel  zerolog.Level
	LogFormat string // auto, json or console
	// Durability is when a message is acknowledged: "fast" when the master has it, "safe" when a
	// replica has it too.
	Durability string
	// SafeOnNoReplica says what a safe server does while a master has no replica: "refuse" messages,
	// or "degrade" to fast.
	SafeOnNoReplica string
	// DrainTimeout bounds a stop: sockets are told to come back, then closed.
	DrainTimeout time.Duration
	// TrustedProxies are believed about the address of a visitor; nobody else is.
	TrustedProxies []netip.Prefix
	Caps           web.Caps
	Policy         Policy
	// IdleEnd ends a conversation that nobody has touched for so long, after IdleWarning's notice; 0,
	// the default, is never. A site may have its own.
	IdleEnd, IdleWarning time.Duration
	PProf                bool

	// From says where each setting was given: "default", "yijian.yaml:3", "YJ_LISTEN" or "--listen".
	From map[string]string
}

// Policy is what may be tuned about escalation before there is a policy store, within the floors of
// router/escalate.
type Policy struct {
	FailedTurns       int           // failed turns before a person takes over
	BotSilentOffer    time.Duration // silence before a person is offered
	BotSilentTransfer time.Duration // silence before a person is called
}

// Model is a language model at a server of chat completions.
type Model struct{ URL, Name, Key string }

// Site is one tenant: a shop or an app whose visitors reach its people.
type Site struct {
	ID    string `yaml:"id"`
	Name  Name   `yaml:"name"`
	Phone string `yaml:"phone,omitempty"`
	Hours string `yaml:"hours,omitempty"`
	// Open are the rules of the hours in which people answer, in Zone; none are always.
	Open []string `yaml:"open,omitempty"`
	Zone string   `yaml:"zone,omitempty"`
	// Region is the country in which a telephone number without a country code is dialled; CN if empty.
	Region  string   `yaml:"region,omitempty"`
	Origins []string `yaml:"origins,omitempty"` // pages that may embed its widget
	// First is "human" where a person comes first, always, and "bot" or empty elsewhere.
	First string `yaml:"first,omitempty"`
	// Privacy is a preset of what the record keeps, and KeepDays and Mask go before it.
	Privacy  string   `yaml:"privacy,omitempty"`
	KeepDays *int     `yaml:"keep_days,omitempty"`
	Mask     []string `yaml:"mask,omitempty"`
	// IdleEnd and IdleWarning take the place of the settings of the same names, if given.
	IdleEnd     *time.Duration `yaml:"idle_end,omitempty"`
	IdleWarning *time.Duration `yaml:"idle_warning,omitempty"`
}

// Idle is the rule for quiet conversations of one site.
func (c Config) Idle(s Site) (router.Idle, error) {
	end, warning := c.IdleEnd, c.IdleWarning
	if s.IdleEnd != nil {
		end = *s.IdleEnd
	}
	if s.IdleWarning != nil {
		warning = *s.IdleWarning
	}
	return router.NewIdle(end, warning)
}

// Opening is when the people of one site answer.
func (s Site) Opening() (hours.Hours, error) { return opening(s.Open, s.Zone) }

// Opening is when the people of one queue answer, if that is not when those of the site do.
func (q Queue) Opening() (hours.Hours, error) { return opening(q.Open, q.Zone) }

func opening(open []string, in string) (hours.Hours, error) {
	switch {
	case len(open) == 0 && in != "":
		return hours.Hours{}, errors.New("zone is for opening hours, and there are none; write open, or remove zone")
	case len(open) == 0:
		return hours.Hours{}, nil
	case in == "" || in == "Local":
		return hours.Parse(open, nil)
	}
	zone, err := time.LoadLocation(in)
	if err != nil {
		return hours.Hours{}, fmt.Errorf("there is no time zone %q; write one such as Asia/Shanghai or Europe/Berlin", in)
	}
	return hours.Parse(open, zone)
}

// Name is what a site is called in each language of its visitors.
type Name struct {
	ZH string `yaml:"zh"`
	EN string `yaml:"en"`
}

// In returns the name in lang, a BCP 47 tag.
func (n Name) In(lang string) string {
	if strings.HasPrefix(strings.ToLower(lang), "zh") {
		return n.ZH
	}
	return n.EN
}

// Flags are the settings as a command line gives them. They are text, because Load reads the same
// text from the environment and from YAML and reports everything that is wrong at once; kong would
// stop at the first. An empty flag was not given.
type Flags struct {
	Config            string `name:"config" placeholder:"FILE" help:"Read settings from this YAML file."`
	Listen            string `name:"listen" placeholder:"ADDR" help:"Serve on this address (127.0.0.1:8080)."`
	Redis             string `name:"redis" placeholder:"URL" help:"Keep sessions in this Redis; mem:// is inside the process (mem://)."`
	DB                string `name:"db" placeholder:"FILE|URL" help:"Keep the record in this SQLite file or PostgreSQL (./data/yijian.db)."`
	KB                string `name:"kb" placeholder:"FILE" help:"Let the bot answer from this knowledge file; the demo shop's if none."`
	BotURL            string `name:"bot-url" placeholder:"URL" help:"Let a language model put the answers into words, at this base of chat completions, such as http://127.0.0.1:11434/v1."`
	BotModel          string `name:"bot-model" placeholder:"NAME" help:"Ask the model of this name there."`
	BotKey            string `name:"bot-key" placeholder:"KEY" help:"Send this key to it; better given as YJ_BOT_KEY, where no list of processes shows it."`
	Origins           string `name:"origins" placeholder:"LIST" help:"Let these pages embed the demo site's widget, such as https://shop.example."`
	LogLevel          string `name:"log-level" placeholder:"LEVEL" help:"Log from this level on: debug, info, warn or error (info)."`
	LogFormat         string `name:"log-format" placeholder:"FORMAT" help:"Log as json or console; auto is console on a terminal (auto)."`
	Durability        string `name:"durability" placeholder:"MODE" help:"Acknowledge when the Redis master has a message, fast, or also a replica, safe (fast)."`
	SafeOnNoReplica   string `name:"safe-on-no-replica" placeholder:"MODE" help:"While a master has no replica, safe will refuse messages or degrade to fast (refuse)."`
	DrainTimeout      string `name:"drain-timeout" placeholder:"TIME" help:"Let sockets leave for so long when stopping (25s)."`
	TrustedProxies    string `name:"trusted-proxies" placeholder:"LIST" help:"Believe X-Forwarded-For from these networks, such as 10.0.0.0/8."`
	AddressSockets    string `name:"address-sockets" placeholder:"N" help:"Let one address have so many connections open; 0 is no cap (200)."`
	AddressHellos     string `name:"address-hellos" placeholder:"N" help:"Let one address connect so many times a minute; 0 is no cap (600)."`
	AddressSessions   string `name:"address-sessions" placeholder:"N" help:"Let one address begin so many conversations a minute; 0 is no cap (60)."`
	SiteSessions      string `name:"site-sessions" placeholder:"N" help:"Let one site's visitors begin so many conversations a minute on this node; 0 is no cap (60000)."`
	FailedTurns       string `name:"failed-turns" placeholder:"N" help:"Call a person after so many failed turns of the bot, 1 to 3 (2)."`
	BotSilentOffer    string `name:"bot-silent-offer" placeholder:"TIME" help:"Offer a person when the bot is silent for so long (15s)."`
	BotSilentTransfer string `name:"bot-silent-transfer" placeholder:"TIME" help:"Call a person when the bot is silent for so long (1m0s)."`
	IdleEnd           string `name:"idle-end" placeholder:"TIME" help:"End a conversation that was quiet for so long, at least 20m; 0 is never (0s)."`
	IdleWarning       string `name:"idle-warning" placeholder:"TIME" help:"Warn so long before that end, at least 1m (1m0s)."`
	PProf             *bool  `name:"pprof" negatable:"" help:"Serve profiles under /debug/pprof/ (false)."`
}

// Problem is one thing wrong with the settings: where it was written, what is wrong with it, and
// what to write instead. It never holds a password.
type Problem struct{ From, What string }

// Problems are all that is wrong, one a line.
type Problems []Problem

// Error puts one problem on a line.
func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i, one := range p {
		lines[i] = one.From + ": " + one.What
	}
	return strings.Join(lines, "\n")
}
