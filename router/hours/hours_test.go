package hours_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
	_ "time/tzdata" // the test must not depend on the machine's zones

	"yijian/router/hours"
)

// setting are days on which clocks are set, or days are odd in another way.
var setting = []struct{ zone, around string }{
	{"Asia/Shanghai", "2026-10-01"},
	{"Europe/Berlin", "2026-03-29"},
	{"Europe/Berlin", "2026-10-25"},
	{"America/New_York", "2026-03-08"},
	{"America/New_York", "2026-11-01"},
	{"Australia/Lord_Howe", "2026-04-05"}, // half an hour
	{"Pacific/Apia", "2011-12-30"},        // a day that never was
	{"America/Sao_Paulo", "2018-11-04"},   // a day without a midnight
}

func TestTheNextOpeningIsTheFirstOpenMinute(t *testing.T) {
	t.Parallel()
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	dice := rand.New(rand.NewPCG(seed, 1))
	for range 60 {
		c := setting[dice.IntN(len(setting))]
		zone := load(t, c.zone)
		lines := randomLines(dice, c.around)
		h, err := hours.Parse(lines, zone)
		if err != nil {
			continue // overlapping by chance; errors have a test of their own
		}
		around, _ := time.ParseInLocation(time.DateOnly, c.around, zone)
		againstMinutes(t, h, around.Add(-72*time.Hour), fmt.Sprint(c, lines))
	}
}

// againstMinutes walks six days backwards, minute by minute, and so always knows the next opening.
func againstMinutes(t *testing.T, h hours.Hours, from time.Time, what string) {
	t.Helper()
	from = from.Truncate(time.Minute)
	var next time.Time
	for at := from.Add(6 * 24 * time.Hour); !at.Before(from); at = at.Add(-time.Minute) {
		if h.Open(at) {
			next = at
		}
		if next.IsZero() {
			continue
		}
		if got, ok := h.NextOpen(at); !ok || !got.Equal(next) {
			t.Fatalf("%s: the next opening from %s is %s, %t; want %s", what, at, got, ok, next)
		}
	}
}

func randomLines(dice *rand.Rand, around string) []string {
	span := func() string {
		return fmt.Sprintf("%02d:%02d-%02d:%02d", dice.IntN(24), 15*dice.IntN(4), dice.IntN(24), 15*dice.IntN(4))
	}
	lines := []string{"mon " + span(), "sat-sun " + span(), "thu-fri " + span()}
	if dice.IntN(2) == 0 {
		lines[0] += " " + span()
	}
	return append(lines, around+" "+[]string{"closed", span()}[dice.IntN(2)])
}

func TestOpeningsAreThoseOnTheWall(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, zone, rules, from, want string }{
		{"now, while open", "Asia/Shanghai", "mon-fri 09:00-18:00", "2026-11-24T10:00", "2026-11-24T10:00"},
		{"tomorrow, at the end of a day", "Asia/Shanghai", "mon-fri 09:00-18:00", "2026-11-24T18:00", "2026-11-25T09:00"},
		{"after the weekend", "Asia/Shanghai", "mon-fri 09:00-18:00", "2026-11-27T20:00", "2026-11-30T09:00"},
		{"after lunch", "Asia/Shanghai", "mon-fri 09:00-12:00 13:00-18:00", "2026-11-24T12:30", "2026-11-24T13:00"},
		{"after the holidays", "Asia/Shanghai", "mon-sun 09:00-18:00|2026-10-01..2026-10-07 closed", "2026-09-30T19:00", "2026-10-08T09:00"},
		{"past midnight, into a closed day", "Asia/Shanghai", "fri 22:00-02:00|2026-11-28 closed", "2026-11-28T01:00", "2026-11-28T01:00"},
		{"around the week's end", "Asia/Shanghai", "fri-mon 09:00-10:00", "2026-11-24T09:00", "2026-11-27T09:00"},
		{"behind the hour that was lost", "Europe/Berlin", "sun 02:30-04:00", "2026-03-29T01:00", "2026-03-29T03:00"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			zone := load(t, c.zone)
			h, err := hours.Parse(strings.Split(c.rules, "|"), zone)
			if err != nil {
				t.Fatal(err)
			}
			got, ok := h.NextOpen(wall(t, c.from, zone))
			if want := wall(t, c.want, zone); !ok || !got.Equal(want) {
				t.Errorf("got %s, %t, want %s", got, ok, want)
			}
		})
	}
}

func TestAnOpeningBeyondAYearIsUnknown(t *testing.T) {
	t.Parallel()
	h, err := hours.Parse([]string{
		"mon-sun 09:00-18:00", "2026-01-01..2026-12-31 closed", "2027-01-01..2027-12-31 closed",
	}, time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	if at, ok := h.NextOpen(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)); ok {
		t.Errorf("it opens at %s, but two years are closed", at)
	}
}

func TestNoHoursAreAlwaysOpen(t *testing.T) {
	t.Parallel()
	var h hours.Hours
	at := time.Date(2026, 11, 24, 3, 0, 0, 0, time.UTC)
	next, ok := h.NextOpen(at)
	if !h.Open(at) || !ok || !next.Equal(at) || h.Text("en") != "" {
		t.Errorf("without hours a line is closed at %s: opens %s, %t", at, next, ok)
	}
}

func TestHoursAreSaidInOneLine(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ rules, zh, en string }{
		{"mon-sun 09:00-21:00", "每天 9:00–21:00", "every day 9:00–21:00"},
		{
			"mon-fri 09:00-12:00 13:00-18:00|sat 10:00-12:00", "周一至周五 9:00–12:00、13:00–18:00，周六 10:00–12:00",
			"Mon–Fri 9:00–12:00 and 13:00–18:00, Sat 10:00–12:00",
		},
		{"sun 22:00-02:00|tue 00:00-24:00", "周二 全天，周日 22:00–次日 2:00", "Tue all day, Sun 22:00–2:00 the next day"},
	} {
		h, err := hours.Parse(strings.Split(c.rules, "|"), time.UTC)
		if err != nil {
			t.Fatal(err)
		}
		if got := h.Text("zh-CN"); got != c.zh {
			t.Errorf("got %q, want %q", got, c.zh)
		}
		if got := h.Text("en"); got != c.en {
			t.Errorf("got %q, want %q", got, c.en)
		}
	}
}

func TestEverythingWrongWithHoursIsSaidAtOnce(t *testing.T) {
	t.Parallel()
	for rules, want := range map[string][]string{
		"mon 09:00-09:00|xyz 1:00-2:00|2026-02-30 closed": {"no time at all", "are no days", "is no date"},
		"mon closed":                                    {"ever opens"},
		"mon 09:00-12:00 11:00-13:00":                   {"overlap"},
		"mon 22:00-10:00|tue 09:00-12:00":               {"day after overlap"},
		"sun 22:00-10:00|mon 09:00-12:00":               {"day after overlap"},
		"mon-wed 09:00-10:00|wed 11:00-12:00":           {"wed stands here a second time"},
		"mon 25:00-26:00 9-17":                          {"25:00-26:00", "9-17"},
		"mon 09:00-10:00|2026-01-02..2026-01-01 closed": {"swap them"},
		"mon 09:00-10:00|2026-01-01..2036-01-01 closed": {"shorter range"},
		"": {"no rule"},
	} {
		_, err := hours.Parse(strings.Split(rules, "|"), time.UTC)
		for _, part := range want {
			if err == nil || !strings.Contains(err.Error(), part) {
				t.Errorf("%q: got %v, want something about %q", rules, err, part)
			}
		}
	}
	if _, err := hours.Parse([]string{"mon 09:00-10:00"}, nil); err == nil {
		t.Error("hours without a zone were taken")
	}
}

func FuzzWhatIsReadOpensWhereItSays(f *testing.F) {
	f.Add("mon-fri 09:00-18:00\n2026-10-01..2026-10-07 closed", int64(1_790_000_000))
	f.Add("sun 22:00-02:00", int64(0))
	f.Fuzz(func(t *testing.T, text string, unix int64) {
		h, err := hours.Parse(strings.Split(text, "\n"), time.UTC)
		if err != nil {
			return
		}
		h.Text("en")
		from := time.Unix(unix%(1<<33), 0)
		if at, ok := h.NextOpen(from); ok && (!h.Open(at) || at.Before(from)) {
			t.Errorf("%q opens at %s from %s, where it is closed or past", text, at, from)
		}
	})
}

func load(t *testing.T, name string) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func wall(t *testing.T, text string, zone *time.Location) time.Time {
	t.Helper()
	at, err := time.ParseInLocation("2006-01-02T15:04", text, zone)
	if err != nil {
		t.Fatal(err)
	}
	return at
}
