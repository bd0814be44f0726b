package bench

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/gorilla/websocket"

	"yijian/session"
	"yijian/web/wire"
)

// The widget rests anywhere between now and a bound before it tries again; the bound doubles. See
// web/ui/shared/socket.ts.
const (
	firstRest   = 500 * time.Millisecond
	longestRest = 20 * time.Second
)

// refugee is a visitor whose node dies. It behaves as the widget does: it keeps its token and the last
// seq it has, comes back with full jitter, and takes what follows.
type refugee struct {
	number int
	site   string
	ws     *websocket.Conn

	session session.ID
	token   string
	last    uint64 // seq

	whole   time.Time // when nothing was missing any more
	took    time.Duration
	tries   int
	heard   int // missed events that came
	doubles int
	gaps    int
	resets  int
	err     error // of the last try
}

// arrive says hello and keeps what the welcome says. An event may already be in the log.
func (v *refugee) arrive(ctx context.Context, d *dialer, s Server) error {
	ws, err := d.dial(ctx, s, "/v1/visitor", v.number)
	if err != nil {
		return err
	}
	v.ws = ws
	welcome, err := v.hello(wire.In{T: "hello", Site: v.site, Lang: "zh-CN"})
	if err != nil {
		return err
	}
	v.session, v.token, v.last = session.ID(welcome.Session), welcome.Token, welcome.Seq
	return nil
}

// hello says hello on a new socket and returns the welcome.
func (v *refugee) hello(in wire.In) (wire.Welcome, error) {
	var w wire.Welcome
	_ = v.ws.SetReadDeadline(time.Now().Add(dialWithin))
	if err := v.ws.WriteJSON(in); err != nil {
		return w, fmt.Errorf("visitor %d cannot say hello: %w", v.number+1, err)
	}
	_, frame, err := v.ws.ReadMessage()
	if err != nil {
		return w, fmt.Errorf("visitor %d was not welcomed: %w", v.number+1, err)
	}
	if err := json.Unmarshal(frame, &w); err != nil || w.T != "welcome" {
		return w, fmt.Errorf("hello of visitor %d was answered with %.200s", v.number+1, frame)
	}
	return w, nil
}

// cut waits until the socket ends. What still comes counts as heard.
func (v *refugee) cut() {
	_ = v.ws.SetReadDeadline(time.Time{})
	for {
		_, frame, err := v.ws.ReadMessage()
		if err != nil {
			_ = v.ws.Close()
			return
		}
		v.take(frame)
	}
}

// flee comes back on another node, as often as it takes, until nothing is missing.
func (v *refugee) flee(ctx context.Context, d *dialer, s Server) {
	for bound := firstRest; ctx.Err() == nil; bound = min(2*bound, longestRest) {
		rest := time.NewTimer(rand.N(bound))
		select {
		case <-ctx.Done():
		case <-rest.C:
			v.tries++
			if v.err = v.again(ctx, d, s); v.err == nil {
				v.whole = time.Now()
				return
			}
		}
		rest.Stop()
	}
	v.err = errors.Join(ctx.Err(), v.err)
}

// again is one try.
func (v *refugee) again(ctx context.Context, d *dialer, s Server) error {
	ws, err := d.dial(ctx, s, "/v1/visitor", v.number)
	if err != nil {
		return err
	}
	v.ws = ws
	welcome, err := v.hello(wire.In{T: "hello", Site: v.site, Lang: "zh-CN", Token: v.token, Since: v.last})
	if err != nil {
		return err
	}
	if welcome.Reset || welcome.Session != string(v.session) {
		v.resets++
	}
	for v.last < welcome.Seq {
		_, frame, err := v.ws.ReadMessage()
		if err != nil {
			return fmt.Errorf("visitor %d did not get what it missed: %w", v.number+1, err)
		}
		v.take(frame)
	}
	return nil
}

// take counts an event: the next one, one that was there already, or one behind a gap.
func (v *refugee) take(frame []byte) {
	var e wire.Event
	if json.Unmarshal(frame, &e) != nil || e.T != "event" {
		return
	}
	switch {
	case e.Seq <= v.last:
		v.doubles++
		return
	case e.Seq > v.last+1:
		v.gaps++
	}
	v.heard++
	v.last = e.Seq
}
