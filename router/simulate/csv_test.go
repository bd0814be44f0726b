package simulate_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yijian/router/simulate"
)

func TestArrivalsAreReadFromATable(t *testing.T) {
	t.Parallel()
	file := "\ufeffat,Queue,lang,reason,handle_s\n09:30,,zh,,\n2026-03-02T09:31:00+08:00, appeals ,en,appeal,90.5\n2026-03-03T00:00:10+08:00,,,,\n"
	got, err := simulate.ReadArrivals(strings.NewReader(file), "general")
	if err != nil {
		t.Fatal(err)
	}
	want := []simulate.Arrival{
		{At: 9*time.Hour + 30*time.Minute, Queue: "general", Lang: "zh"},
		{At: 9*time.Hour + 31*time.Minute, Queue: "appeals", Lang: "en", Reason: "appeal", Handle: 90500 * time.Millisecond},
		{At: 24*time.Hour + 10*time.Second, Queue: "general"},
	}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("(-got +want):\n%s", diff)
	}
}

func TestABadTableSaysWhereAndWhat(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ file, says string }{
		"empty":           {"", "name its columns"},
		"no visitors":     {"at\n", "no visitors"},
		"no time column":  {"queue\na\n", "no column at"},
		"unknown column":  {"at,color\n", `"color"`},
		"not a time":      {"at\n09:00\nnoon\n", `line 3: "noon" is no time`},
		"before midnight": {"at\n2026-03-02T09:00:00Z\n2026-03-01T09:00:00Z\n", "line 3"},
		"negative handle": {"at,handle_s\n09:00,-4\n", "more than 0"},
		"no number":       {"at,handle_s\n09:00,NaN\n", "more than 0"},
		"a cell too many": {"at\n09:00,x\n", "as many cells"},
	} {
		_, err := simulate.ReadArrivals(strings.NewReader(c.file), "general")
		if !errors.Is(err, simulate.ErrInvalid) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: got %v, want ErrInvalid that says %q", name, err, c.says)
		}
	}
}

func FuzzReadArrivals(f *testing.F) {
	f.Add("at,queue\n09:00,a\n")
	f.Add("at\n2026-03-02T09:31:00+08:00\n")
	f.Fuzz(func(t *testing.T, file string) {
		got, err := simulate.ReadArrivals(strings.NewReader(file), "general")
		if (err == nil) != (len(got) > 0) {
			t.Errorf("got %d arrivals and %v", len(got), err)
		}
		for _, a := range got {
			if a.At < 0 || a.Handle < 0 || a.Queue == "" {
				t.Errorf("got %+v", a)
			}
		}
	})
}
