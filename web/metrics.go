package web

import "github.com/prometheus/client_golang/prometheus"

// metrics counts sockets.
type metrics struct {
	visitors, agents prometheus.Gauge
}

func newMetrics(reg prometheus.Registerer) *metrics {
	m := &metrics{
		visitors: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "yijian_visitor_sockets", Help: "Open visitor sockets.",
		}),
		agents: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "yijian_agent_sockets", Help: "Open agent sockets.",
		}),
	}
	reg.MustRegister(m.visitors, m.agents)
	return m
}
