package simulate

import (
	"time"

	"yijian/router/queue"
)

const (
	// handlesKept is how many handle times a queue remembers, as the desk does.
	handlesKept = 400
	// handlesNew is how many of them are new before a forecast is made afresh.
	handlesNew = 20
)

// forecast is what a queue knows about how long conversations take.
type forecast struct {
	handles []time.Duration
	at      int
	fresh   int
	known   *queue.Forecast
}

func (f *forecast) add(handle time.Duration) {
	f.fresh++
	if len(f.handles) < handlesKept {
		f.handles = append(f.handles, handle)
		return
	}
	f.handles[f.at] = handle
	f.at = (f.at + 1) % handlesKept
}

func (f *forecast) eta(position, servers int) queue.Range {
	if f.known == nil || f.fresh >= handlesNew {
		f.known, f.fresh = queue.NewForecast(f.handles), 0
	}
	return f.known.ETA(position, servers)
}

func (d *desk) forecast(name string) *forecast {
	f := d.forecasts[name]
	if f == nil {
		f = &forecast{}
		d.forecasts[name] = f
	}
	return f
}

// show notes what a visitor who just came hears about the wait.
func (d *desk) show(v *visitor) {
	if !d.ETA {
		return
	}
	position := 1
	for _, c := range d.classes {
		if c.queue == v.queue {
			position += c.narrow.rank(v) + c.wide.rank(v)
		}
	}
	if r := d.forecast(v.queue).eta(position, d.crew.servers(v.queue)); r.Known {
		v.shown = d.measures.shown(position, r)
	}
}
