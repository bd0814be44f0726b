package bench

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/google/uuid"
	"github.com/gorilla/websocket"

	"yijian/cmd/yijian/progress"
	"yijian/session"
	"yijian/web/wire"
)

// party is a server with visitors and agents who may talk.
type party struct {
	server   Server
	dialer   dialer
	meter    *meter
	visitors []*websocket.Conn
	// frame wraps a text for this server.
	frame func(text []byte) ([]byte, error)
}

func newParty(s Server, pairs int) *party {
	return &party{server: s, meter: newMeter(), visitors: make([]*websocket.Conn, pairs)}
}

// bareParty has the same sockets as ours: several visitors share an agent.
func bareParty(ctx context.Context, cfg TalkConfig, s Server, out io.Writer) (*party, error) {
	p := newParty(s, cfg.Pairs)
	p.frame = func(text []byte) ([]byte, error) { return text, nil }
	seats := Seats(cfg.Pairs)
	for i := range seats {
		ws, err := p.dialer.dial(ctx, s, "/?as="+strconv.Itoa(i), i)
		if err != nil {
			return p, err
		}
		p.dialer.drain(ws, func(frame []byte) { p.meter.frame(frame) })
	}
	return p, each(ctx, cfg.Pairs, progress.On(out, "pairs at the reference", cfg.Pairs), func(ctx context.Context, i int) error {
		ws, err := p.dialer.dial(ctx, s, "/?to="+strconv.Itoa(i%seats), seats+i)
		if err != nil {
			return err
		}
		p.visitors[i] = ws
		p.dialer.drain(ws, p.meter.reply)
		return nil
	})
}

// acceptedWithin is how long the agents have to accept all visitors.
const acceptedWithin = 2 * time.Minute

// ourParty seats the agents, lets the visitors ask for a person and waits until all were accepted.
func ourParty(ctx context.Context, cfg TalkConfig, s Server, out io.Writer) (*party, error) {
	p := newParty(s, cfg.Pairs)
	p.frame = messages()
	for i, key := range cfg.Keys[:Seats(cfg.Pairs)] {
		ws, err := p.dialer.hello(ctx, s, "/v1/agent", i, wire.In{T: "hello", Site: cfg.Site, Token: key})
		if err != nil {
			return p, err
		}
		if err := ws.WriteJSON(wire.In{T: "presence", Status: "available"}); err != nil {
			return p, fmt.Errorf("seating agent %d: %w", i+1, err)
		}
		p.dialer.drain(ws, func(frame []byte) { p.agent(ws, frame) })
	}
	ctx, cancel := context.WithTimeout(ctx, acceptedWithin)
	defer cancel()
	err := each(ctx, cfg.Pairs, progress.On(out, "pairs at Yijian", cfg.Pairs), func(ctx context.Context, i int) error {
		hello := wire.In{T: "hello", Site: cfg.Site, Lang: "zh-CN", First: "human"}
		ws, err := p.dialer.hello(ctx, s, "/v1/visitor", len(cfg.Keys)+i, hello)
		if err != nil {
			return err
		}
		p.visitors[i] = ws
		accepted := make(chan struct{})
		waits := true // only the reader of the socket looks at it
		p.dialer.drain(ws, func(frame []byte) {
			p.meter.reply(frame)
			if waits && isAccepted(frame) {
				waits = false
				close(accepted)
			}
		})
		select {
		case <-accepted:
			return nil
		case <-ctx.Done():
			return fmt.Errorf("visitor %d was not accepted: %w; look at the server's log", i+1, ctx.Err())
		}
	})
	return p, err
}

// messages returns what wraps a text in a message frame under an id of its own. Like readMark it puts
// bytes together, because the text holds the time of sending, which has begun to run.
func messages() func(text []byte) ([]byte, error) {
	var sent atomic.Uint64
	party := uuid.NewString()[:13]
	return func(text []byte) ([]byte, error) {
		return fmt.Appendf(make([]byte, 0, 2*size), `{"t":"message","id":"%s-%d","text":"%s"}`, party, sent.Add(1), text), nil
	}
}

// agent accepts what is offered; only its socket's reader writes to it.
func (p *party) agent(ws *websocket.Conn, frame []byte) {
	if p.meter.frame(frame) {
		return
	}
	var offer wire.Offer
	if json.Unmarshal(frame, &offer) != nil || offer.T != "offer" {
		return
	}
	// A socket that cannot be written to ends its reader, and the visitor will not be accepted.
	_ = ws.WriteJSON(wire.In{T: "shown", Offer: offer.Offer})
	_ = ws.WriteJSON(wire.In{T: "accept", Offer: offer.Offer})
}

func isAccepted(frame []byte) bool {
	var e wire.Event
	return len(frame) > 0 && json.Unmarshal(frame, &e) == nil &&
		e.Kind == string(session.KindMove) && e.Owner == string(session.Human)
}
