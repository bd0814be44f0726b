package router

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yijian/router/queue"
	"yijian/session"
)

// hears is a visitor's page that keeps what it was told.
type hears struct{ told []Place }

func (h *hears) Place(_ session.ID, p Place) { h.told = append(h.told, p) }

func TestAWaitNeverGrowsOnThePageWithoutAReason(t *testing.T) {
	t.Parallel()
	eta := func(from, to int) queue.Range {
		return queue.Range{From: time.Duration(from) * time.Second, To: time.Duration(to) * time.Second, Known: true}
	}
	for _, c := range []struct {
		name string
		next queue.Place
		want []Place
	}{
		{"a little slower", queue.Place{Position: 3, Servers: 2, ETA: eta(105, 210)}, nil},
		{
			"shorter",
			queue.Place{Position: 2, Servers: 2, ETA: eta(61, 120)},
			[]Place{{Position: 2, ETA: []int{61, 120}, Duty: Duty{Open: true}}},
		},
		{
			"near",
			queue.Place{Position: 1, Servers: 2, ETA: eta(60, 120)},
			[]Place{{Position: 1, ETA: []int{60, 120}, Near: true, Duty: Duty{Open: true}}},
		},
		{
			"an agent less",
			queue.Place{Position: 3, Servers: 1, ETA: eta(200, 400)},
			[]Place{{Position: 3, ETA: []int{200, 400}, Why: queue.WhyFewer, Duty: Duty{Open: true}}},
		},
		{
			"somebody in front",
			queue.Place{Position: 4, Servers: 2, ETA: eta(130, 260)},
			[]Place{{Position: 4, ETA: []int{130, 260}, Why: queue.WhyAhead, Duty: Duty{Open: true}}},
		},
		{"nobody knows any more", queue.Place{Position: 3}, []Place{{Position: 3, Duty: Duty{Open: true}}}},
		{"the first, and nobody knows", queue.Place{Position: 1, Servers: 2}, []Place{{Position: 1, Near: true, Duty: Duty{Open: true}}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var page hears
			p := newPlaces()
			p.add("demo", "a", &page)
			p.tell("demo", queue.Place{Session: "a", Position: 3, Servers: 2, ETA: eta(100, 200)}, standing{Duty: Duty{Open: true}}, false)
			page.told = nil
			c.next.Session = "a"
			p.tell("demo", c.next, standing{Duty: Duty{Open: true}}, false)
			if diff := cmp.Diff(c.want, page.told); diff != "" {
				t.Errorf("told (-want +got):\n%s", diff)
			}
		})
	}
}

func TestWhoWaitsHearsThatTheDeskClosedAndWhenItOpens(t *testing.T) {
	t.Parallel()
	var page hears
	p := newPlaces()
	p.add("demo", "a", &page)
	opens := time.Date(2026, 11, 25, 1, 0, 0, 0, time.UTC)
	for _, duty := range []Duty{{Open: true}, {OpensAt: opens}, {OpensAt: opens}, {Open: true, Unstaffed: true}} {
		p.tell("demo", queue.Place{Session: "a", Position: 3}, standing{Duty: duty}, false)
	}
	want := []Place{
		{Position: 3, Duty: Duty{Open: true}},
		{Position: 3, Duty: Duty{OpensAt: opens}},
		{Position: 3, Duty: Duty{Open: true, Unstaffed: true}},
	}
	if diff := cmp.Diff(want, page.told); diff != "" {
		t.Errorf("told (-want +got):\n%s", diff)
	}
}
