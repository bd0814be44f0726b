package router

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"yijian/session"
)

// Metrics counts what Yijian is measured by: how people get to people.
type Metrics struct {
	Sessions *prometheus.CounterVec
	Handoffs *prometheus.CounterVec
	Turns    *prometheus.CounterVec
	ToPerson *prometheus.HistogramVec
	Repairs  *prometheus.CounterVec
	IdleEnds *prometheus.CounterVec
	Near     *prometheus.CounterVec
	// Evictions counts conversations that left Redis because the record has them.
	Evictions prometheus.Counter
}

// NewMetrics registers the router's metrics.
func NewMetrics(reg prometheus.Registerer) *Metrics {
	m := &Metrics{
		Sessions: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "yijian_sessions_total", Help: "Sessions begun.",
		}, []string{"site"}),
		Handoffs: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "yijian_handoffs_total", Help: "Handoffs to the line, by reason.",
		}, []string{"site", "reason"}),
		Turns: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "yijian_bot_turns_total", Help: "Bot turns by outcome: answered, unsure, failed, stood_in (its knowledge answered after its model failed), fenced.",
		}, []string{"outcome"}),
		ToPerson: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "yijian_time_to_person_seconds", Help: "From the handoff to a person's acceptance.",
			Buckets: []float64{1, 5, 15, 30, 60, 120, 180, 300, 600, 1800, 3600},
		}, []string{"site"}),
		Repairs: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "yijian_repairs_total",
			Help: "What a failover rolled back and the other side still knew: log from the desk, desk from the log.",
		}, []string{"site", "of"}),
		IdleEnds: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "yijian_idle_ends_total", Help: "Conversations that ended for silence, where a site has turned that on.",
		}, []string{"site"}),
		Near: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "yijian_turns_near_total", Help: "Visitors in line who were told that their turn is near.",
		}, []string{"site"}),
		Evictions: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "yijian_evictions_total", Help: "Closed conversations that left Redis because the record has them.",
		}),
	}
	reg.MustRegister(m.Sessions, m.Handoffs, m.Turns, m.ToPerson, m.Repairs, m.IdleEnds, m.Near, m.Evictions)
	return m
}

// accepted observes how long a visitor waited for a person.
func (m *Metrics) accepted(site string, out session.Appended) {
	for _, e := range out.Fresh {
		if e.Body.Arrived > 0 {
			wait := e.At.Sub(time.UnixMicro(e.Body.Arrived))
			m.ToPerson.WithLabelValues(site).Observe(wait.Seconds())
		}
	}
}
