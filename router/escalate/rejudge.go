package escalate

import (
	"time"

	"yijian/session"
)

// Input is what was weighed, read back from the record of a decision. Judging it under the policy that
// decided gives the same decision; under another one, what that would have decided in its place.
func (d Decision) Input() Input {
	in := Input{Owner: session.Bot}
	for _, r := range d.Signals {
		f := Feature{Value: r.Value, Age: r.Age}
		for _, seq := range r.Evidence {
			f.point(seq)
		}
		in.Features[r.Signal] = f
		if r.Signal == Silent {
			in.Silence = time.Duration(r.Value) * time.Millisecond
		}
	}
	return in
}
