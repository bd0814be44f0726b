package bench

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"
)

// rss is the resident memory of a process in bytes.
func rss(pid int) (int64, error) {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, fmt.Errorf("reading the memory of the server: %w; the benches need Linux", err)
	}
	return parseRSS(string(data))
}

func parseRSS(status string) (int64, error) {
	for line := range strings.Lines(status) {
		rest, found := strings.CutPrefix(line, "VmRSS:")
		if !found {
			continue
		}
		kb, err := strconv.ParseInt(strings.TrimSuffix(strings.TrimSpace(rest), " kB"), 10, 64)
		if err != nil {
			return 0, fmt.Errorf("reading VmRSS: %w", err)
		}
		return kb << 10, nil
	}
	return 0, errors.New("the process has no VmRSS; has it ended?")
}

// cpu is the processor time a process has used so far.
func cpu(pid int) (time.Duration, error) {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0, fmt.Errorf("reading the processor time of the server: %w; the benches need Linux", err)
	}
	return parseCPU(string(data))
}

// parseCPU reads user and system time, the 14th and 15th field, in ticks of 10 ms. The second field
// is a name in brackets that may hold anything.
func parseCPU(stat string) (time.Duration, error) {
	fields := strings.Fields(stat[strings.LastIndex(stat, ")")+1:])
	if len(fields) < 13 {
		return 0, errors.New("the process has no times; has it ended?")
	}
	user, err1 := strconv.ParseInt(fields[11], 10, 64)
	system, err2 := strconv.ParseInt(fields[12], 10, 64)
	if err := errors.Join(err1, err2); err != nil {
		return 0, fmt.Errorf("reading processor times: %w", err)
	}
	return time.Duration(user+system) * 10 * time.Millisecond, nil
}

// When memory counts as settled: it moved less than a hundredth over five looks, one a second.
const (
	lookEvery   = time.Second
	looks       = 5
	settledFor  = 0.01
	settleLimit = 90 * time.Second
)

// settled waits until the memory of a process stands still and returns it. Nothing forces a
// collection: the garbage of so many greetings is memory that an operator must have as well.
func settled(ctx context.Context, pid int) (int64, error) {
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	until := time.Now().Add(settleLimit)
	var last []int64
	for {
		now, err := rss(pid)
		if err != nil {
			return 0, err
		}
		last = append(last[max(0, len(last)-looks+1):], now)
		if still(last) || time.Now().After(until) {
			return now, nil
		}
		select {
		case <-ctx.Done():
			return 0, ctx.Err()
		case <-tick.C:
		}
	}
}

func still(last []int64) bool {
	if len(last) < looks {
		return false
	}
	least, most := last[0], last[0]
	for _, x := range last {
		least, most = min(least, x), max(most, x)
	}
	return float64(most-least) < settledFor*float64(most)
}

// load is the load of the machine over the last minute, for the reader to judge the figures by.
func load() float64 {
	data, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return -1
	}
	first, _, _ := strings.Cut(string(data), " ")
	x, err := strconv.ParseFloat(first, 64)
	if err != nil {
		return -1
	}
	return x
}
