package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"slices"
	"testing"
)

// beTheProgram makes this test binary act as yijian: benches start servers of their own program.
const beTheProgram = "BE_YIJIAN"

func TestMain(m *testing.M) {
	// A worker of the fuzzer inherits what its test set for the servers, but is a test.
	fuzzes := slices.Contains(os.Args, "-test.fuzzworker")
	if os.Getenv(beTheProgram) != "" && !fuzzes {
		main()
		return
	}
	if err := os.Setenv(beTheProgram, "1"); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

func TestTheBenchesMeasureBothServersAndLoseNothing(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("redis-server"); err != nil {
		t.Skip("redis-server is not installed; run make test, or apt-get install redis-server")
	}
	if testing.Short() {
		t.Skip("it starts three servers twice")
	}
	for name, args := range map[string][]string{
		"idle": {"bench", "idle", "--conns", "200", "--hold", "1s", "--runs", "1", "--json"},
		"talk": {"bench", "talk", "--rate", "100", "--pairs", "60", "--duration", "1s", "--runs", "1", "--json"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			// A short run on a busy machine says nothing about speed, so only that it measured counts.
			_, stdout, stderr := yijian(t, args...)
			var got struct {
				Reference, Yijian struct {
					RSS           int64   `json:"rss_bytes"`
					P50           float64 `json:"p50_ms"`
					Lost, Refused int
				}
			}
			if err := json.Unmarshal([]byte(stdout), &got); err != nil {
				t.Fatalf("%v; printed %q and %q", err, stdout, stderr)
			}
			for i, f := range []struct {
				RSS           int64   `json:"rss_bytes"`
				P50           float64 `json:"p50_ms"`
				Lost, Refused int
			}{got.Reference, got.Yijian} {
				if f.RSS == 0 && f.P50 == 0 || f.Lost+f.Refused > 0 {
					t.Errorf("%s measured %+v", []string{"the reference", "Yijian"}[i], f)
				}
			}
		})
	}
}

func TestInvariants57ProcessesAtOneDeskAssignEveryTicketOnceAndNoSeatBeyondItsRoom(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("redis-server"); err != nil {
		t.Skip("redis-server is not installed; run make test, or apt-get install redis-server")
	}
	if testing.Short() {
		t.Skip("it starts nine processes")
	}
	_, stdout, stderr := yijian(t, "bench", "desk", "--runs", "1", "--duration", "1s", "--in-flight", "32", "--json")
	var got struct {
		Assigned float64 `json:"assigned_per_second"`
		Doubles  int     `json:"doubles"`
		Dropped  int     `json:"dropped"`
		Beyond   int     `json:"beyond_capacity"`
	}
	if err := json.Unmarshal([]byte(stdout), &got); err != nil || got.Assigned == 0 || got.Doubles+got.Dropped+got.Beyond > 0 {
		t.Errorf("%v; got %+v; printed %q and %q", err, got, stdout, stderr)
	}
}

func TestAVisitorWhoseNodeIsKilledGetsOnTheOtherWhatItMissed(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("redis-server"); err != nil {
		t.Skip("redis-server is not installed; run make test, or apt-get install redis-server")
	}
	if testing.Short() {
		t.Skip("it starts three servers")
	}
	_, stdout, stderr := yijian(t, "bench", "storm", "--conns", "300", "--json")
	var got struct{ Visitors, Whole, Doubles, Gaps, Resets int }
	want := got
	want.Visitors, want.Whole = 300, 300
	if err := json.Unmarshal([]byte(stdout), &got); err != nil || got != want {
		t.Errorf("%v; got %+v; printed %q and %q", err, got, stdout, stderr)
	}
}
