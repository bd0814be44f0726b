package web

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"yijian/router"
	"yijian/session"
	"yijian/web/wire"
)

const (
	// frameTimeout bounds what one frame may cost; Redis is away if it takes longer.
	frameTimeout = 8 * time.Second
	// perMinute is how many messages a visitor may send a minute before `slow_down` (S2).
	perMinute = 60
	// framesPerSecond bounds all other frames together, of a visitor and of an agent. `human` is never
	// counted.
	framesPerSecond = 30
	// retrySoon is what a client is told when the store is away for a moment.
	retrySoon = 2 * time.Second
)

// visitor is one visitor's socket. It listens to its session and to its place in line.
type visitor struct {
	*link
	srv    *Server
	origin string
	// own says that the page is one of this server's, which may open any site's chat.
	own bool

	site     *Site
	id       session.ID
	sub      *session.Subscription
	messages *rate.Limiter
	frames   *rate.Limiter
	typed    time.Time
	noted    time.Time // when activity was last noted

	// owner is what this socket was last told, to know when to watch the place. Deliver and the
	// reader both look at it.
	mu    sync.Mutex
	owner session.Owner
	left  bool
	// growing is the bot's answer on its way; asked says that a person was asked for instead, until
	// the session moves.
	growing stream
	asked   bool
	// warned says that the end of a quiet conversation is announced on this page.
	warned bool
}

func (s *Server) newVisitor(r *http.Request, origin string) func(*link) peer {
	own := s.ownOrigin(r, origin)
	return func(l *link) peer {
		return &visitor{
			link: l, srv: s, origin: origin, own: own,
			messages: rate.NewLimiter(rate.Every(time.Minute/perMinute), perMinute/2),
			frames:   rate.NewLimiter(framesPerSecond, 2*framesPerSecond),
		}
	}
}

func (v *visitor) greeted() bool { return v.sub != nil }

func (v *visitor) gone(context.Context) {
	if v.sub == nil {
		return
	}
	v.sub.Close()
	v.mu.Lock()
	v.left = true
	v.mu.Unlock()
	v.srv.router.Unwatch(v.site.ID, v.id, v)
	v.srv.metrics.visitors.Dec()
}

// frame acts on one frame. Order within a socket is the order of sending.
func (v *visitor) frame(ctx context.Context, in wire.In) {
	ctx, cancel := context.WithTimeout(ctx, frameTimeout)
	defer cancel()
	switch {
	case in.T == "hello":
		v.hello(ctx, in)
	case v.sub == nil:
		v.dismiss(wire.HelloFirst, wire.CloseNoHello)
	case in.T == "human":
		v.human(ctx, in)
	case !v.frames.Allow():
		// One answer for a flood is enough: frames that carry no id are dropped silently.
		if in.ID != "" {
			v.refuse(wire.SlowDown, in.ID, time.Second)
		}
	default:
		v.act(ctx, in)
	}
}

func (v *visitor) act(ctx context.Context, in wire.In) {
	var err error
	switch in.T {
	case "message":
		v.message(ctx, in)
	case "typing":
		err = v.typing(ctx)
	case "read":
		err = v.read(ctx, in)
	case "history":
		err = v.history(ctx, in)
	case "rate":
		err = v.rate(ctx, in)
	case "bot":
		err = v.tap(ctx, in, v.srv.router.BackToBot)
	case "end":
		err = v.tap(ctx, in, v.srv.router.End)
	case "answer":
		err = v.answer(ctx, in)
	case "prefer":
		err = v.wishes(ctx, in)
	case "callback":
		err = v.callback(ctx, in)
	case "extend":
		err = v.srv.router.Extend(ctx, v.site.ID, v.id)
	case "shown":
		err = v.srv.router.WarningSeen(ctx, v.site.ID, v.id)
	case "ping":
		v.send(wire.Simple{T: "pong"})
	default:
		v.refuse(wire.UnknownFrame, in.ID, 0)
	}
	if err != nil {
		v.failed(err, in)
	}
}

// failed answers a frame that could not be acted on. A store that is away is a reason to try again,
// not an end: the client keeps what it sent.
func (v *visitor) failed(err error, in wire.In) {
	var bad *wire.Problem
	switch {
	case errors.As(err, &bad):
		v.refuse(bad.Code, in.ID, 0)
	case errors.Is(err, router.ErrBadPhone):
		v.refuse(wire.BadPhone, in.ID, 0)
	case errors.Is(err, router.ErrBadTime):
		v.refuse(wire.BadTime, in.ID, 0)
	case errors.Is(err, router.ErrNotInLine), errors.Is(err, router.ErrNoOffer):
		v.refuse(wire.NotNow, in.ID, 0)
	case errors.Is(err, session.ErrIDReused):
		v.refuse(wire.IDReused, in.ID, 0)
	case errors.Is(err, session.ErrGone):
		v.Lost(v.id)
	default:
		v.srv.log.Warn().Err(err).Str("session", string(v.id)).Str("frame", in.T).Msg("frame not acted on")
		v.refuse(wire.Unavailable, in.ID, retrySoon)
	}
}

func (v *visitor) message(ctx context.Context, in wire.In) {
	if err := wire.CheckID(in.ID); err != nil {
		v.failed(err, in)
		return
	}
	text, err := wire.CheckText(in.Text)
	if err != nil {
		v.failed(err, in)
		return
	}
	if r := v.messages.Reserve(); r.Delay() > 0 {
		wait := r.Delay()
		r.Cancel()
		v.refuse(wire.SlowDown, in.ID, wait)
		return
	}
	// The visitor sees the words already: echo and acknowledgement go in one call, after the words went
	// to who waits for them.
	v.conn.Together(func() { v.say(ctx, in, text) })
}

func (v *visitor) say(ctx context.Context, in wire.In, text string) {
	seq, err := v.srv.router.VisitorMessage(ctx, v.id, router.Message{ClientID: in.ID, Text: text, Pace: pace(in.Pace)})
	if err != nil {
		v.failed(err, in)
		return
	}
	v.send(wire.Ack{T: "ack", ID: in.ID, Seq: seq})
}

// pace takes only the three buckets, each within 0–4; anything else counts as not sent.
func pace(p *wire.Pace) *session.Pace {
	if p == nil || min(p.T, p.Pause, p.Edits) < 0 || max(p.T, p.Pause, p.Edits) > 4 {
		return nil
	}
	return &session.Pace{T: p.T, Pause: p.Pause, Edits: p.Edits}
}

func (v *visitor) human(ctx context.Context, in wire.In) {
	if in.ID != "" {
		if err := wire.CheckID(in.ID); err != nil {
			in.ID = "" // never refused (invariant 4): it counts as a tap without a name
		}
	}
	v.streamed(true)
	if err := v.srv.router.Human(ctx, v.id, in.ID); err != nil {
		v.failed(err, in)
	}
}

func (v *visitor) tap(ctx context.Context, in wire.In, do func(context.Context, session.ID, string) error) error {
	if in.ID != "" {
		if err := wire.CheckID(in.ID); err != nil {
			return err
		}
	}
	return do(ctx, v.id, in.ID)
}

// maxPhone bounds what is taken for a telephone number, in bytes.
const maxPhone = 64

// callback makes the place in line a call, or a call a place in line again.
func (v *visitor) callback(ctx context.Context, in wire.In) error {
	if in.Cancel {
		return v.tap(ctx, in, v.srv.router.CancelCallback)
	}
	if len(in.Phone) > maxPhone {
		return router.ErrBadPhone
	}
	call := router.Call{Phone: in.Phone}
	if in.When != "" {
		when, err := time.Parse(time.RFC3339, in.When)
		if err != nil {
			return router.ErrBadTime
		}
		call.When = when
	}
	return v.tap(ctx, in, func(ctx context.Context, id session.ID, tap string) error {
		return v.srv.router.Callback(ctx, id, tap, call)
	})
}

// typingEvery is how often typing is passed on; the other side shows it for five seconds.
const typingEvery = 2 * time.Second

func (v *visitor) typing(ctx context.Context) error {
	now := v.srv.now()
	if now.Sub(v.typed) < typingEvery {
		return nil
	}
	v.typed = now
	return errors.Join(v.active(ctx, now), v.srv.router.Typing(ctx, v.id, session.FromVisitor, ""))
}

// activeEvery is how often typing is noted as activity. It makes an idle end up to this much early,
// which is nothing against its floor of 20 min.
const activeEvery = 30 * time.Second

// active notes that somebody is there, now and then, and at once while a warning is on the screen.
func (v *visitor) active(ctx context.Context, now time.Time) error {
	v.mu.Lock()
	due := v.warned || now.Sub(v.noted) >= activeEvery
	v.mu.Unlock()
	if !due {
		return nil
	}
	v.noted = now
	return v.srv.router.Active(ctx, v.site.ID, v.id)
}

func (v *visitor) read(ctx context.Context, in wire.In) error {
	if in.Seq == 0 {
		return &wire.Problem{Code: wire.BadValue, Detail: "read needs a seq"}
	}
	return v.srv.router.Read(ctx, v.id, in.Seq)
}

// maxComment bounds a rating's comment, in bytes.
const maxComment = 2000

func (v *visitor) rate(ctx context.Context, in wire.In) error {
	if in.Score < 1 || in.Score > 5 || len(in.Comment) > maxComment {
		return &wire.Problem{Code: wire.BadValue, Detail: "a score is 1–5, a comment at most 2,000 bytes"}
	}
	return v.srv.router.Rate(ctx, v.id, in.Score, in.Comment)
}

// Deliver implements session.Listener.
func (v *visitor) Deliver(_ session.ID, e session.Event) {
	if e.ForVisitor() {
		v.deliver(forVisitor(v.id, e), e.From == session.FromVisitor)
	}
	if e.Kind == session.KindMove {
		v.owned(e.Body.To)
	}
	if e.Kind == session.KindMessage && e.From == session.FromBot {
		v.streamed(false)
	}
}

// Signal implements session.Listener.
func (v *visitor) Signal(_ session.ID, s session.Signal) {
	switch {
	case s.What == "idle":
		v.mu.Lock()
		v.warned = s.Warn
		v.mu.Unlock()
		v.send(wire.Idle{T: "idle", Warn: s.Warn, LeftMS: s.Left.Milliseconds()})
	case s.What == "delta":
		v.stream(s)
	case s.From == session.FromAgent:
		v.send(wire.Typing{T: "typing", From: "agent"})
	}
}

// Reset implements session.Listener.
func (v *visitor) Reset(_ session.ID, now session.Opened) { v.welcome(now) }

// Lost implements session.Listener. The page comes back with its token, and begins again under its id.
func (v *visitor) Lost(session.ID) { v.conn.Close(wire.CloseError, string(wire.Unavailable)) }

// Place implements router.Waiter.
func (v *visitor) Place(_ session.ID, p router.Place) {
	v.send(wire.Queue{
		T: "queue", Position: p.Position, ETA: p.ETA, Why: string(p.Why), Near: p.Near,
		Open: p.Open, Unstaffed: p.Unstaffed, OpensAt: moment(p.OpensAt), Hours: v.hours(p.Open),
		Full: p.Full, Number: router.TicketNumber(v.id),
	})
}

// hours are told of a closed desk, as the site writes them.
func (v *visitor) hours(open bool) string {
	if open {
		return ""
	}
	return v.site.forVisitor(v.lang).Hours
}

// moment writes a time as RFC 3339 in UTC, and nothing for none.
func moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// owned watches the place in line while there is one.
func (v *visitor) owned(o session.Owner) {
	v.mu.Lock()
	defer v.mu.Unlock()
	was := v.owner
	v.owner, v.asked, v.growing = o, false, stream{}
	switch {
	case v.left:
	case o == session.Waiting && was != session.Waiting:
		v.srv.router.Watch(v.site.ID, v.id, v)
	case o != session.Waiting && was == session.Waiting:
		v.srv.router.Unwatch(v.site.ID, v.id, v)
	}
}
