package simulate

import (
	"math"
	"slices"
	"time"
)

// Report is what a day, or several, came to.
type Report struct {
	// Arrived counts everybody who came, Served those helped, Left those who went away.
	Arrived int `json:"arrived"`
	Served  int `json:"served"`
	Left    int `json:"left"`
	// All is of the measured, which are those after the warm-up; Streams is All by kind of visitor.
	All     Group   `json:"all"`
	Streams []Group `json:"streams"`
	// MeanError is the standard error of All.Mean, from the means of 32 stretches of the day.
	MeanError Span `json:"mean_error_s"`
	// Utilisation is the share of the working time of all seats in which they were in use.
	Utilisation float64 `json:"utilisation"`
	// Length is from opening to the last goodbye.
	Length Span   `json:"length_s"`
	Hours  []Hour `json:"hours"`
	// ETA is nil unless the day kept its forecasts.
	ETA *Calibration `json:"eta,omitempty"`
}

// Group is the waits of some visitors, from arrival to a person.
type Group struct {
	Queue    string `json:"queue,omitempty"`
	Lang     string `json:"lang,omitempty"`
	Reason   string `json:"reason,omitempty"`
	Measured int    `json:"measured"`
	Mean     Span   `json:"mean_s"`
	P50      Span   `json:"p50_s"`
	P95      Span   `json:"p95_s"`
	P99      Span   `json:"p99_s"`
	Longest  Span   `json:"longest_s"`
	// Waited is the share that had to wait at all.
	Waited float64 `json:"waited"`
	// Within30, Within60 and Within180 are service levels: the share of all who came that reached a
	// person in so many seconds.
	Within30  float64 `json:"within_30s"`
	Within60  float64 `json:"within_60s"`
	Within180 float64 `json:"within_180s"`
	// InTime is the same for the configured target.
	InTime float64 `json:"in_time"`
	// Abandoned is the share whose patience ended before their wait. They were served all the same,
	// unless the day let them leave.
	Abandoned float64 `json:"abandoned"`
}

// Hour is those who arrived in one hour of the day.
type Hour struct {
	Hour    int     `json:"hour"`
	Arrived int     `json:"arrived"`
	Mean    Span    `json:"mean_s"`
	InTime  float64 `json:"in_time"`
}

func (m *measures) report() Report {
	r := Report{Arrived: m.arrivals, Served: m.helped, Utilisation: 0, ETA: m.calibration()}
	if m.duty > 0 {
		r.Utilisation = m.busy.Seconds() / m.duty.Seconds()
	}
	r.Length, r.MeanError = Span(m.length), Span(m.batchError())
	all := slices.Clone(m.waits)
	r.All = m.group(all, sum(m.gone), sum(m.leftOf))
	r.Left = sum(m.leftOf)
	for i := range m.config.Streams {
		s := &m.config.Streams[i]
		own := all
		if len(m.config.Streams) > 1 {
			own = m.waitsOf(i)
		}
		g := m.group(own, m.gone[i], m.leftOf[i])
		g.Queue, g.Lang, g.Reason = s.Queue, s.Lang, s.Reason
		r.Streams = append(r.Streams, g)
	}
	for i, h := range m.hours {
		if h.arrived == 0 {
			continue
		}
		mean := Span(h.waits.Seconds() / float64(h.arrived) * float64(time.Second))
		r.Hours = append(r.Hours, Hour{i, h.arrived, mean, float64(h.inTime) / float64(h.arrived)})
	}
	return r
}

func (m *measures) waitsOf(stream int) []time.Duration {
	var out []time.Duration
	for i, w := range m.waits {
		if int(m.stream[i]) == stream {
			out = append(out, w)
		}
	}
	return out
}

// group sorts waits and sums them up. Who left counts in every share, and in no wait.
func (m *measures) group(waits []time.Duration, gone, left int) Group {
	g := Group{Measured: len(waits) + left}
	if g.Measured == 0 {
		return g
	}
	all := float64(g.Measured)
	g.Abandoned = float64(gone) / all
	if len(waits) == 0 {
		g.Waited = 1
		return g
	}
	slices.Sort(waits)
	within := func(d time.Duration) float64 {
		n, _ := slices.BinarySearch(waits, d+1)
		return float64(n) / all
	}
	g.Mean = Span(meanOf(waits) * float64(time.Second))
	g.P50, g.P95, g.P99 = quantile(waits, 0.50), quantile(waits, 0.95), quantile(waits, 0.99)
	g.Longest = Span(waits[len(waits)-1])
	g.Waited = 1 - within(0)
	g.Within30, g.Within60 = within(30*time.Second), within(time.Minute)
	g.Within180, g.InTime = within(3*time.Minute), within(m.config.Target)
	return g
}

// batches is into how many stretches a day is cut to see how sure its mean is: long enough that what
// happens in one hardly reaches into the next.
const batches = 32

// batchError is the standard error of the mean wait. Waits that follow each other are alike, so
// their own scatter would say far too little.
func (m *measures) batchError() time.Duration {
	size := len(m.waits) / batches
	if size == 0 {
		return 0
	}
	var total, squares float64
	for i := range batches {
		x := meanOf(m.waits[i*size : (i+1)*size])
		total += x
		squares += x * x
	}
	mean := total / batches
	variance := max(0, squares/batches-mean*mean) / (batches - 1)
	return time.Duration(math.Sqrt(variance) * float64(time.Second))
}

func meanOf(waits []time.Duration) float64 {
	var sum float64
	for _, w := range waits {
		sum += w.Seconds()
	}
	return sum / float64(len(waits))
}

// quantile is the smallest wait that a share q of all does not exceed.
func quantile(sorted []time.Duration, q float64) Span {
	i := int(math.Ceil(q*float64(len(sorted)))) - 1
	return Span(sorted[max(0, i)])
}

func sum(counts []int) int {
	n := 0
	for _, c := range counts {
		n += c
	}
	return n
}
