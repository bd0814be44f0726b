package simulate

import (
	"encoding/json"
	"fmt"
	"math"
	"time"
)

// Span is a duration that is JSON as seconds and text as people say it.
type Span time.Duration

// MarshalJSON writes seconds, to the millisecond.
func (s Span) MarshalJSON() ([]byte, error) {
	return json.Marshal(math.Round(s.seconds()*1000) / 1000)
}

func (s Span) seconds() float64 { return time.Duration(s).Seconds() }

// String is short: 8.3 s, 4:05 min or 2:10 h.
func (s Span) String() string {
	d := time.Duration(s)
	switch {
	case d < time.Minute:
		return fmt.Sprintf("%.1f s", d.Seconds())
	case d < time.Hour:
		d = d.Round(time.Second)
		return fmt.Sprintf("%d:%02d min", int(d.Minutes()), int(d.Seconds())%60)
	}
	d = d.Round(time.Minute)
	return fmt.Sprintf("%d:%02d h", int(d.Hours()), int(d.Minutes())%60)
}
