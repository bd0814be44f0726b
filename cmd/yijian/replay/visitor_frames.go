package replay

import (
	"time"

	"yijian/cmd/yijian/client"
	"yijian/session"
	"yijian/web/wire"
)

// take folds one frame into the story. Frames that a visitor only looks at, such as typing, are let
// go.
func (v *visitor) take(f client.Frame) error {
	var err error
	switch f.T {
	case "welcome":
		err = v.welcome(f)
	case "event":
		err = v.event(f)
	case "ack":
		err = v.ack(f)
	case "queue":
		// In line already: that answers the tap.
		v.sock.Done(v.plan.Tap)
	case "error":
		err = v.failed(f)
	}
	return err
}

func (v *visitor) welcome(f client.Frame) error {
	w, err := client.As[wire.Welcome](f)
	if err != nil {
		return err
	}
	v.story.welcome(w)
	if w.Reset {
		v.tally.reset()
		v.sendAgain()
	}
	v.had(session.Owner(w.Owner))
	return nil
}

// sendAgain sends all own messages once more, after the server lost its place or some of its memory.
// Those it still has it stores only once, so there is no need to find out which are missing.
func (v *visitor) sendAgain() {
	for _, m := range v.story.Sent {
		if m.Refused == "" {
			v.sock.Keep(m.ID, wire.In{T: "message", ID: m.ID, Text: m.Text})
		}
	}
}

func (v *visitor) event(f client.Frame) error {
	e, err := client.As[wire.Event](f)
	if err != nil {
		return err
	}
	v.story.event(e)
	if e.Kind == string(session.KindRating) {
		v.sock.Done("rate")
	}
	v.had(v.story.owner)
	if v.story.withPeople() {
		v.timed()
	}
	return nil
}

// had lets go of taps that had their effect. It is told by welcome as well, before the events come:
// pressing again when a person is there already would ask for another one.
func (v *visitor) had(owner session.Owner) {
	if withPeople(owner) {
		v.sock.Done(v.plan.Tap)
	}
	if owner == session.Closed {
		v.sock.Done(v.plan.Leave)
	}
}

func (v *visitor) timed() {
	if v.asked.IsZero() {
		return
	}
	took := max(time.Since(v.asked), 1)
	if v.lived.ToLine == 0 {
		v.lived.ToLine = took
	}
	if v.lived.ToAgent == 0 && v.story.owned(session.Human) {
		v.lived.ToAgent = took
	}
}

func (v *visitor) ack(f client.Frame) error {
	a, err := client.As[wire.Ack](f)
	if err != nil {
		return err
	}
	v.story.ack(a)
	v.sock.Done(a.ID)
	return nil
}

// failed gives up a message that the server will not take however often it is sent. Everything else
// the socket sends again.
func (v *visitor) failed(f client.Frame) error {
	e, err := client.As[wire.Error](f)
	if err != nil {
		return err
	}
	switch e.Code {
	case wire.BadText, wire.BadID, wire.TooLarge, wire.IDReused, wire.BadFrame, wire.UnknownFrame:
		if m := v.story.message(e.ID); m != nil {
			m.Refused = e.Code
			v.sock.Done(e.ID)
		}
	}
	return nil
}
