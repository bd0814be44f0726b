package record_test

import (
	"syscall"
	"testing"
	"time"

	"yijian/session"
	"yijian/session/record"
)

// BenchmarkWriteSegments writes what a second of a busy day leaves: 256 sessions with four new events
// each. The goal is 6–12 µs an event. It is missed: 20 to 23 µs of the processor with SQLite on a machine of 2.5 GHz,
// half of it for the row of the session.
func BenchmarkWriteSegments(b *testing.B) {
	const sessions, each = 256, 4
	for name, target := range backends {
		b.Run(name, func(b *testing.B) {
			db := open(b, target(b))
			logs := make([]record.Segment, sessions)
			at := 0
			begin := func() {
				for i := range logs {
					logs[i] = talk(session.NewID(), 100*each)
				}
				at = 0
			}
			var cpu time.Duration
			for b.Loop() {
				if at == 0 || at+each > 100*each {
					b.StopTimer()
					begin()
					b.StartTimer()
				}
				batch := make([]record.Segment, sessions)
				for i := range logs {
					batch[i] = part(logs[i], at+1, at+each)
				}
				began := used(b)
				if _, err := db.WriteSegments(b.Context(), batch); err != nil {
					b.Fatal(err)
				}
				cpu += used(b) - began
				at += each
			}
			b.ReportMetric(float64(cpu.Nanoseconds())/1e3/float64(b.N*sessions*each), "own-cpu-µs/event")
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*sessions*each), "µs/event")
		})
	}
}

// used is the processor time of this process: all of the cost with SQLite, the client's share of it with
// PostgreSQL. A busy machine does not change it much.
func used(b *testing.B) time.Duration {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
