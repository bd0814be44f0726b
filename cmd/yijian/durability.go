package main

import (
	"context"
	"fmt"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"yijian/router/escalate"
	"yijian/session"
	"yijian/session/rdb"
	"yijian/session/record"
)

// sessionLog is the log with the durability that was asked for, and with the record behind it. Where
// Redis dies with this process, an event is acknowledged when the record has it.
func (a *app) sessionLog(reg prometheus.Registerer) *session.Log {
	log := session.NewLog(a.redis, nil)
	a.archiver = record.NewArchiver(a.record, log, escalate.Measure, a.log)
	a.archiver.Register(reg)
	log = log.Recorded(a.record)
	if a.redis.InProcess() {
		log = log.Keeping(a.archiver.Keep)
	}
	if a.cfg.Durability != safe {
		return log
	}
	s := rdb.NewSafe(a.redis, rdb.SafeOptions{Degrade: a.cfg.SafeOnNoReplica == degrade, Log: a.log})
	measureSafe(reg, s)
	return log.Safely(s)
}

// degraded says what does not work although visitors are served: the record is away, and Redis keeps
// the conversations until it is back.
func (a *app) degraded(ctx context.Context) error {
	if since, err := a.archiver.Down(); err != nil {
		return fmt.Errorf("the record has taken nothing since %s: %w", since.UTC().Format(time.RFC3339), err)
	}
	return a.record.Ping(ctx)
}

// measureSafe counts how the promise of safe is kept, and how not.
func measureSafe(reg prometheus.Registerer, s *rdb.Safe) {
	for _, m := range []struct {
		name, help string
		get        func(rdb.SafeStats) uint64
	}{
		{"batches", "Batches of safe writes; each waited for a replica once.", func(s rdb.SafeStats) uint64 { return s.Batches }},
		{"writes", "Safe writes.", func(s rdb.SafeStats) uint64 { return s.Writes }},
		{"unconfirmed", "Safe writes that no replica confirmed in time; they are sent again.", func(s rdb.SafeStats) uint64 { return s.Unconfirmed }},
		{"refused", "Safe writes refused because their master had no replica.", func(s rdb.SafeStats) uint64 { return s.Refused }},
		{"degraded", "Safe writes acknowledged although their master had no replica.", func(s rdb.SafeStats) uint64 { return s.Degraded }},
	} {
		reg.MustRegister(prometheus.NewCounterFunc(
			prometheus.CounterOpts{Name: "yijian_safe_" + m.name + "_total", Help: m.help},
			func() float64 { return float64(m.get(s.Stats())) },
		))
	}
}
