package simulate_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"yijian/router/simulate"
)

func TestTheSmallestNumberOfAgentsIsEnoughAndOneFewerIsNot(t *testing.T) {
	t.Parallel()
	profile := make([]float64, 24)
	profile[9], profile[10], profile[11] = 20, 60, 30
	c := simulate.Config{
		Seed: 5, Open: 9 * time.Hour, For: 3 * time.Hour, Days: 20, Target: time.Minute,
		Streams: []simulate.Stream{{Queue: "general", Profile: profile, Handle: simulate.Lengths{Mean: 6 * time.Minute}}},
		Shifts:  []simulate.Shift{simulate.AllDay(1, 1)},
	}
	plan, err := simulate.Staff(c, 0.8)
	if err != nil {
		t.Fatal(err)
	}
	with := func(n int) float64 {
		c := c
		c.Shifts = []simulate.Shift{simulate.AllDay(n, 1)}
		return run(t, c).All.InTime
	}
	if enough, short := with(plan.Agents), with(plan.Agents-1); enough < 0.8 || short >= 0.8 {
		t.Errorf("%d agents reach %.3f, one fewer %.3f", plan.Agents, enough, short)
	}
	ten, ok := plan.At(10)
	nine, _ := plan.At(9)
	if !ok || len(plan.Hours) != 3 || ten.Agents <= nine.Agents || ten.InTime < 0.8 || nine.InTime < 0.8 {
		t.Errorf("got the hours %+v", plan.Hours)
	}
	var out strings.Builder
	if err := plan.WriteText(&out); err != nil || !strings.Contains(out.String(), "10:00") {
		t.Errorf("%v: %s", err, out.String())
	}
}

func TestATargetThatCannotBeReachedIsSaid(t *testing.T) {
	t.Parallel()
	c := steady(1, 0.5, 100)
	for _, share := range []float64{0, 1, -1} {
		if _, err := simulate.Staff(c, share); !errors.Is(err, simulate.ErrInvalid) {
			t.Errorf("a share of %v: got %v", share, err)
		}
	}
}

func TestTheReportIsReadable(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	if err := run(t, shop()).WriteText(&out); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"reached a person", "WAIT", "general, zh, safety", "HOUR", "10:00", "FORECAST", "█"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("there is no %q in\n%s", want, out.String())
		}
	}
}
