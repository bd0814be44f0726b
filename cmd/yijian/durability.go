package main

import (
	"github.com/prometheus/client_golang/prometheus"

	"yijian/session"
	"yijian/session/rdb"
)

// sessionLog is the log with the durability that was asked for.
func (a *app) sessionLog(reg prometheus.Registerer) *session.Log {
	log := session.NewLog(a.redis, nil)
	if a.cfg.Durability != safe {
		return log
	}
	s := rdb.NewSafe(a.redis, rdb.SafeOptions{Degrade: a.cfg.SafeOnNoReplica == degrade, Log: a.log})
	measureSafe(reg, s)
	return log.Safely(s)
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
