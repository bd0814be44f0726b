package main

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

const twoSites = `# two shops
sites:
  - id: shop
    name: {zh: 小店, en: Shop}
    phone: "010-0000 0000"
    hours: 9:00–18:00
    origins: [https://shop.example, http://localhost:3000]
  - id: bank
    name: Bank
`

func TestAFileHoldsSites(t *testing.T) {
	t.Parallel()
	got, err := Load(Flags{Config: "y.yaml"}, nil, file("y.yaml", twoSites))
	if err != nil {
		t.Fatal(err)
	}
	want := []Site{
		{
			ID: "shop", Name: Name{ZH: "小店", EN: "Shop"}, Phone: "010-0000 0000", Hours: "9:00–18:00",
			Origins: []string{"https://shop.example", "http://localhost:3000"},
		},
		{ID: "bank", Name: Name{ZH: "Bank", EN: "Bank"}},
	}
	if diff := cmp.Diff(want, got.Sites); diff != "" {
		t.Errorf("sites (-want +got):\n%s", diff)
	}
	if got := want[0].Name.In("zh-TW") + want[0].Name.In("en"); got != "小店Shop" {
		t.Errorf("names are %q", got)
	}
}

func TestAFileHoldsQueuesAndWhatIsShownReadsTheSame(t *testing.T) {
	t.Parallel()
	text := "queues:\n  - name: appeals\n    strategy: skill\n    weight: 2\n    wrap_up: 30s\n  - {name: chat, auto_accept: true}\n"
	got, err := Load(Flags{Config: "y.yaml"}, nil, file("y.yaml", text))
	if err != nil {
		t.Fatal(err)
	}
	want := []Queue{
		{Name: "appeals", Strategy: "skill", Weight: 2, WrapUp: 30 * time.Second}, {Name: "chat", AutoAccept: true},
	}
	if diff := cmp.Diff(want, got.Queues); diff != "" {
		t.Errorf("queues (-want +got):\n%s", diff)
	}
	again, err := Load(Flags{Config: "y.yaml"}, nil, file("y.yaml", got.Redacted()))
	if diff := cmp.Diff(want, again.Queues); err != nil || diff != "" {
		t.Errorf("shown and read again: %v (-want +got):\n%s", err, diff)
	}
	rules := got.Rules()
	if len(rules) != 3 || rules["appeals"].Strategy == nil || rules["appeals"].WrapUp != 30*time.Second || !rules["chat"].AutoAccept {
		t.Errorf("rules %+v, want those of the file and of the general queue", rules)
	}
}

func TestAFileWritesListsEitherWay(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"origins: [https://a.example, https://b.example]",
		"origins:\n  - https://a.example\n  - https://b.example",
		"origins: https://a.example, https://b.example",
	} {
		got, err := Load(Flags{Config: "y.yaml"}, nil, file("y.yaml", text))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]string{"https://a.example", "https://b.example"}, got.Origins); diff != "" {
			t.Errorf("%s (-want +got):\n%s", text, diff)
		}
	}
}

func TestAnEmptyFileChangesNothing(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "\n", "# nothing yet\n"} {
		if _, err := Load(Flags{Config: "y.yaml"}, nil, file("y.yaml", text)); err != nil {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestAllThatIsWrongInAFileIsToldWithItsLine(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		text string
		want []string
	}{
		"unknown keys": {"listn: :1\nlog-level: info", []string{
			`y.yaml:1: there is no setting "listn"; did you mean listen?`,
			`y.yaml:2: there is no setting "log-level"; did you mean log_level?`,
		}},
		"twice": {"kb: a\ndb: x\nkb: b", []string{
			`y.yaml:3: "kb" stands here a second time; keep one of them`,
		}},
		"no value, no plain value": {"kb:\nlisten: {port: 1}\ndb: [[a]]", []string{
			`y.yaml:1: "kb" has no value; write one, or remove the line`,
			`y.yaml:2: "listen" takes a plain value; write it after the colon`,
			`y.yaml:3: "db" takes a plain value; write it after the colon`,
		}},
		"a list": {"- a", []string{"y.yaml:1: this is not a mapping; write `key: value`, one a line"}},
		"two documents": {"kb: a\n---\nkb: b", []string{
			"y.yaml: there are 2 documents in the file; write one, without ---",
		}},
		"hours that cannot be": {"sites:\n  - {id: a, name: A, open: ['mon 9:00-9:00', xyz closed], zone: Asia/Shanghai}\n" +
			"  - {id: b, name: B, open: [mon closed], zone: Asia/Shanghai}\n  - {id: c, name: C, open: ['mon 9:00-10:00'], zone: Moon/Base}\n" +
			"  - {id: d, name: D, open: ['mon 9:00-10:00']}\n  - {id: e, name: E, zone: Asia/Shanghai}", []string{
			`y.yaml:2: the hours of site "a": "mon 9:00-9:00": "9:00-9:00" is no time at all; for a whole day write 00:00-24:00`,
			`y.yaml:2: the hours of site "a": "xyz closed": "xyz" are no days; write mon, tue, wed, thu, fri, sat or sun, or mon-fri`,
			`y.yaml:3: the hours of site "b": no day of the week ever opens; write at least one, such as mon-fri 09:00-18:00`,
			`y.yaml:4: the hours of site "c": there is no time zone "Moon/Base"; write one such as Asia/Shanghai or Europe/Berlin`,
			`y.yaml:5: the hours of site "d": the hours have no time zone; give one such as Asia/Shanghai`,
			`y.yaml:6: the hours of site "e": zone is for opening hours, and there are none; write open, or remove zone`,
		}},
		"queues that cannot be": {"queues:\n  - {name: a, open: [mon closed], zone: Asia/Shanghai}\n  - {name: b, full: 0}\n" +
			"sites:\n  - {id: a, name: A, region: ZZ, first: robot}", []string{
			`y.yaml:2: the hours of queue "a": no day of the week ever opens; write at least one, such as mon-fri 09:00-18:00`,
			`y.yaml:3: "0" is no place in line; write from which on a line is long, 1 or more`,
			`y.yaml:5: there is no region "ZZ"; write the two letters of a country, such as CN or DE`,
			`y.yaml:5: "robot" cannot come first; write human, so that the bot stays silent until a visitor asks for it, or bot`,
		}},
		"sites": {"sites:\n  - id: a b\n    nam: x\n  - id: c\n    name: {zh: 店, fr: boutique}\n    origins: [c.example, https://d.example/x]\n  - {id: c, name: C}\n  - e", []string{
			`y.yaml:3: a site has no "nam"; it has id, name, phone, hours, open, zone, region, origins, first, privacy, keep_days, mask, idle_end and idle_warning`,
			`y.yaml:2: the id "a b" of a site is not possible; write 1–64 of A–Z, a–z, 0–9, _ and -`,
			`y.yaml:2: the site "a b" has no name; write name: {zh: …, en: …}`,
			`y.yaml:5: a name has no "fr"; it has zh and en`,
			`y.yaml:5: the name is missing in one language; write name: {zh: …, en: …}`,
			`y.yaml:6: "c.example" is not an origin; write https://host or https://host:port`,
			`y.yaml:6: "https://d.example/x" is more than an origin; write only https://d.example`,
			`y.yaml:7: two sites have the id "c"; give each its own`,
			"y.yaml:8: this is not a mapping; write `key: value`, one a line",
			`y.yaml:8: the id "" of a site is not possible; write 1–64 of A–Z, a–z, 0–9, _ and -`,
			`y.yaml:8: the site "" has no name; write name: {zh: …, en: …}`,
		}},
		"queues": {"queues:\n  - {name: general, strategy: fastest, weight: 0}\n  - {name: a b, wrap_up: 2h, auto_accept: maybe}\n" +
			"  - {name: general, weight: 9, colour: red}\n  - name: appeals\n    wrap_up: soon", []string{
			`y.yaml:2: there is no strategy "fastest"; write one of language, least_loaded, longest_idle, skill, sticky`,
			`y.yaml:2: "0" is no weight; write how many places of an agent a visitor takes, 1 to 5`,
			`y.yaml:3: "maybe" is neither true nor false; write one of them`,
			`y.yaml:3: not valid at the desk: the queue "a b" has a space or one of | { }; use letters, digits, - and _`,
			`y.yaml:3: not valid at the desk: wrap-up of 2h0m0s; give 0s to 1h0m0s`,
			`y.yaml:4: "9" is no weight; write how many places of an agent a visitor takes, 1 to 5`,
			`y.yaml:4: a queue has no "colour"; it has name, strategy, weight, wrap_up, auto_accept, full, open and zone`,
			`y.yaml:4: two queues have the name "general"; give each its own`,
			`y.yaml:6: "soon" is not a length of time; write one such as 20m, or 0`,
		}},
		"queues as a word": {"queues: appeals", []string{
			"y.yaml:1: queues is a list; write `- name: appeals` below it, with strategy, weight, wrap_up, auto_accept, full, open and zone",
		}},
		"sites as a word": {"sites: shop", []string{
			"y.yaml:1: sites is a list; write `- id: shop` below it, with name, phone, hours and origins",
		}},
		"origins of nobody": {"origins: https://a.example\nsites: [{id: a, name: A}]", []string{
			"y.yaml:1: origins are for the demo site, and the sites of y.yaml:2 take its place; write them under the site they belong to",
		}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := Load(Flags{Config: "y.yaml"}, nil, file("y.yaml", c.text))
			checkLines(t, err, c.want...)
		})
	}
}

func TestAMissingFileAndABrokenOneAreOneProblemEach(t *testing.T) {
	t.Parallel()
	_, err := Load(Flags{Config: "none.yaml"}, nil, noFile)
	checkLines(t, err, "none.yaml: the file cannot be read (open none.yaml: file does not exist); "+
		"give the path of a YAML file, or none")
	_, err = Load(Flags{Config: "y.yaml"}, nil, file("y.yaml", "redis: redis://:hush@h\n  kb: [a"))
	if err == nil || !strings.HasPrefix(err.Error(), "y.yaml: this is not YAML: ") || strings.Contains(err.Error(), "hush") {
		t.Errorf("broken YAML: got %v", err)
	}
}

// FuzzYAML feeds the reader of settings files anything: it must answer, never panic.
func FuzzYAML(f *testing.F) {
	for _, text := range []string{twoSites, "", "a: &x b\nc: *x", "? [a]\n: b", "<<: {kb: a}", "kb: |\n  a\n", "sites: [[]]"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if cfg, err := Load(Flags{Config: "y.yaml"}, nil, file("y.yaml", text)); err == nil && len(cfg.Sites) == 0 {
			t.Error("a Config without a site")
		}
	})
}
