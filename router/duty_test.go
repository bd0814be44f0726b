package router

import (
	"testing"
	"time"
	_ "time/tzdata" // the test must not depend on the machine's zones

	"github.com/google/go-cmp/cmp"

	"yijian/router/hours"
)

func TestPeopleOnDutyOpenADeskAndAClosedOneSaysWhenItOpens(t *testing.T) {
	t.Parallel()
	zone, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Fatal(err)
	}
	week, err := hours.Parse([]string{"mon-fri 09:00-18:00"}, zone)
	if err != nil {
		t.Fatal(err)
	}
	day := time.Date(2026, 11, 24, 10, 0, 0, 0, zone)
	night := day.Add(12 * time.Hour)
	opens := time.Date(2026, 11, 25, 9, 0, 0, 0, zone)
	for _, c := range []struct {
		name    string
		hours   hours.Hours
		servers int
		now     time.Time
		want    Duty
	}{
		{"open and staffed", week, 2, day, Duty{Open: true}},
		{"open, nobody there", week, 0, day, Duty{Open: true, Unstaffed: true}},
		{"closed, somebody stayed", week, 1, night, Duty{Open: true}},
		{"closed", week, 0, night, Duty{OpensAt: opens}},
		{"no hours, nobody there", hours.Hours{}, 0, night, Duty{Open: true, Unstaffed: true}},
	} {
		if diff := cmp.Diff(c.want, dutyAt(c.hours, c.servers, c.now)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}
