package bench

import (
	"os"
	"testing"
	"time"
)

func TestResidentMemoryIsReadFromTheStatusOfAProcess(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		status string
		want   int64
		fails  bool
	}{
		"a process":     {"Name:\tyijian\nVmHWM:\t   99 kB\nVmRSS:\t  2048 kB\nThreads:\t9\n", 2 << 20, false},
		"a zombie":      {"Name:\tyijian\nState:\tZ (zombie)\n", 0, true},
		"another unit":  {"VmRSS:\t 2 MB\n", 0, true},
		"nothing at it": {"", 0, true},
	} {
		got, err := parseRSS(c.status)
		if got != c.want || (err != nil) != c.fails {
			t.Errorf("%s: got %d, %v; want %d", name, got, err, c.want)
		}
	}
}

func TestProcessorTimeIsReadBehindAnyName(t *testing.T) {
	t.Parallel()
	const rest = " S 1 2 3 4 5 6 7 8 9 10 250 50 0 0 20 0"
	for name, c := range map[string]struct {
		stat  string
		want  time.Duration
		fails bool
	}{
		"a plain name":        {"12 (yijian)" + rest, 3 * time.Second, false},
		"brackets and spaces": {"12 (a) b (c)" + rest, 3 * time.Second, false},
		"too short":           {"12 (yijian) S 1 2", 0, true},
		"no number":           {"12 (x) S 1 2 3 4 5 6 7 8 9 10 many 50 0", 0, true},
		"empty":               {"", 0, true},
	} {
		got, err := parseCPU(c.stat)
		if got != c.want || (err != nil) != c.fails {
			t.Errorf("%s: got %v, %v; want %v", name, got, err, c.want)
		}
	}
}

func TestThisProcessHasMemoryAndProcessorTime(t *testing.T) {
	t.Parallel()
	if got, err := rss(os.Getpid()); err != nil || got < 1<<20 {
		t.Errorf("memory: %d, %v", got, err)
	}
	if _, err := cpu(os.Getpid()); err != nil {
		t.Error(err)
	}
}

func TestMemoryIsSettledWhenItStoodStillForAllLooks(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		last []int64
		want bool
	}{
		"too few looks": {[]int64{100, 100}, false},
		"growing":       {[]int64{100, 101, 102, 103, 104}, false},
		"still":         {[]int64{1000, 1001, 1000, 1002, 1001}, true},
	} {
		if got := still(c.last); got != c.want {
			t.Errorf("%s: got %v", name, got)
		}
	}
}
