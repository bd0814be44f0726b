package web

import (
	"context"
	"errors"
	"time"

	"yijian/agents"
	"yijian/router"
	"yijian/router/queue"
	"yijian/session"
	"yijian/web/wire"
)

// verbs says what each frame of an agent needs to be allowed; a frame that is not here is unknown.
var verbs = map[string]agents.Verb{
	"presence": agents.AgentPresence,
	"accept":   agents.AgentAccept,
	"decline":  agents.AgentDecline,
	"shown":    agents.AgentAccept,
	"message":  agents.AgentMessage,
	"note":     agents.AgentNote,
	"typing":   agents.AgentTyping,
	"read":     agents.AgentRead,
	"close":    agents.AgentClose,
	"release":  agents.AgentTransfer,
	"watch":    agents.AgentWatch,
	"unwatch":  agents.AgentHello,

	"transfer":  agents.AgentTransfer,
	"consult":   agents.AgentNote,
	"whisper":   agents.AgentWhisper,
	"join":      agents.AgentJoin,
	"leave":     agents.AgentJoin,
	"takeover":  agents.AgentJoin,
	"take":      agents.AgentAccept,
	"callbacks": agents.AgentAccept,
	"seats":     agents.AgentTransfer,
}

func (a *agent) act(ctx context.Context, in wire.In) {
	verb, known := verbs[in.T]
	if !known {
		a.refuse(wire.UnknownFrame, in.ID, 0)
		return
	}
	if !a.may(ctx, verb, in) {
		a.refuse(wire.Forbidden, in.ID, 0)
		return
	}
	if err := a.do(ctx, in); err != nil {
		a.failed(err, in)
	}
}

func (a *agent) do(ctx context.Context, in wire.In) error {
	switch in.T {
	case "presence":
		return a.presence(ctx, in)
	case "accept":
		_, err := a.srv.router.Accept(ctx, a.me, in.Offer)
		return err
	case "decline":
		return a.srv.router.Decline(ctx, a.me, in.Offer)
	case "shown":
		return a.srv.router.Shown(ctx, a.me, in.Offer)
	case "watch":
		return a.watch(ctx, in)
	case "take", "takeover", "seats", "callbacks":
		return a.asksFor(ctx, in)
	}
	id, err := a.opened(in)
	if err != nil {
		return err
	}
	return a.doIn(ctx, id, in)
}

// doIn acts on a session that this socket has open.
func (a *agent) doIn(ctx context.Context, id session.ID, in wire.In) error {
	r := a.srv.router
	switch in.T {
	case "message":
		return a.write(ctx, id, in, r.AgentMessage)
	case "note":
		return a.write(ctx, id, in, r.Note)
	case "typing":
		return r.Typing(ctx, id, session.FromAgent, a.me.ID)
	case "read":
		return r.AgentRead(ctx, id, a.me, in.Seq)
	case "close":
		return r.CloseByAgent(ctx, id, a.me, in.ID)
	case "release":
		return r.Release(ctx, id, a.me, in.ID)
	case "transfer":
		return a.handOn(ctx, id, in)
	case "consult":
		return a.consult(ctx, id, in)
	case "whisper":
		return a.write(ctx, id, in, r.Whisper)
	case "join":
		return r.Join(ctx, id, a.me, in.ID)
	case "leave":
		return r.LeaveChat(ctx, id, a.me, in.ID)
	case "unwatch":
		a.drop(id)
	}
	return nil
}

// opened returns the session a frame names, if this socket has it open: an agent acts only on what
// it was given or may watch.
func (a *agent) opened(in wire.In) (session.ID, error) {
	id := session.ID(in.Session)
	a.mu.Lock()
	defer a.mu.Unlock()
	if _, ok := a.subs[id]; !ok {
		return "", session.ErrGone
	}
	if in.ID != "" {
		return id, wire.CheckID(in.ID)
	}
	return id, nil
}

type writer func(ctx context.Context, id session.ID, a router.Agent, clientID, text string) (uint64, error)

func (a *agent) write(ctx context.Context, id session.ID, in wire.In, do writer) error {
	if err := wire.CheckID(in.ID); err != nil {
		return err
	}
	text, err := wire.CheckText(in.Text)
	if err != nil {
		return err
	}
	seq, err := do(ctx, id, a.me, in.ID, text)
	if err != nil {
		return err
	}
	a.send(wire.Ack{T: "ack", Session: in.Session, ID: in.ID, Seq: seq})
	return nil
}

func (a *agent) presence(ctx context.Context, in wire.In) error {
	err := a.srv.router.SetStatus(ctx, a.me, in.Status)
	if err == nil {
		a.seat(ctx)
	}
	return err
}

func (a *agent) watch(ctx context.Context, in wire.In) error {
	id, err := a.here(ctx, in.Session)
	if err != nil {
		return err
	}
	a.open(ctx, id, in.Since, true)
	return nil
}

// failed answers a frame with what went wrong and what to do.
func (a *agent) failed(err error, in wire.In) {
	var bad *wire.Problem
	switch {
	case errors.As(err, &bad):
		a.refuse(bad.Code, in.ID, 0)
	case errors.Is(err, queue.ErrOfferGone):
		if in.T == "take" || in.T == "takeover" { // it is somebody's already
			a.refuse(wire.OfferIsGone, in.ID, 0)
			return
		}
		a.send(wire.OfferGone{T: "offer_gone", Offer: in.Offer, Code: router.GoneLapsed})
	case errors.Is(err, router.ErrNotYours):
		a.refuse(wire.NotYours, in.ID, 0)
	case errors.Is(err, router.ErrBadStatus), errors.Is(err, queue.ErrInvalid):
		a.refuse(wire.BadValue, in.ID, 0)
	case errors.Is(err, router.ErrYourself):
		a.refuse(wire.Yourself, in.ID, 0)
	case errors.Is(err, router.ErrNotThere):
		a.refuse(wire.NotThere, in.ID, 0)
	case errors.Is(err, queue.ErrUnknownQueue):
		a.refuse(wire.UnknownQueue, in.ID, 0)
	case errors.Is(err, queue.ErrNoRoom):
		a.refuse(wire.NoRoom, in.ID, 0)
	case errors.Is(err, session.ErrIDReused):
		a.refuse(wire.IDReused, in.ID, 0)
	case errors.Is(err, session.ErrGone):
		a.refuse(wire.NoSession, in.ID, 0)
	default:
		a.srv.log.Warn().Err(err).Str("frame", in.T).Msg("frame not acted on")
		a.refuse(wire.Unavailable, in.ID, retrySoon)
	}
}

// snapshot tells the console all there is: it replaces what the console shows.
func (a *agent) snapshot(ctx context.Context) {
	desk, err := a.srv.router.Desk(ctx, a.me)
	if err != nil {
		a.srv.log.Warn().Err(err).Msg("snapshot not read")
		a.conn.Close(wire.CloseError, string(wire.Unavailable))
		return
	}
	snap := wire.Snapshot{
		T:        "snapshot",
		Agent:    wire.Me{ID: a.me.ID, Name: a.me.Name, Role: string(a.who.Account.Role), Site: a.me.Site},
		Seat:     seatOf(desk.Seat),
		Sessions: []wire.Session{}, Offers: []wire.Offer{},
		Queues: []wire.Line{}, Limits: limits(),
	}
	for _, o := range desk.Offers {
		snap.Offers = append(snap.Offers, a.offer(ctx, o))
	}
	for _, id := range desk.Held {
		if s, err := a.srv.node.State(ctx, id); err == nil {
			snap.Sessions = append(snap.Sessions, a.session(id, s))
		}
	}
	if lines, err := a.srv.router.Lines(ctx, a.me.Site); err == nil {
		snap.Queues = linesOf(lines)
	}
	a.send(snap)
	for _, s := range snap.Sessions {
		a.open(ctx, session.ID(s.Session), 0, false)
	}
}

// open subscribes to a session and sends its head and the events after since. A session that is
// open already is left alone, and so is one that turns out to be somebody else's, unless it is watched.
func (a *agent) open(ctx context.Context, id session.ID, since uint64, watching bool) {
	a.mu.Lock()
	_, have := a.subs[id]
	a.mu.Unlock()
	if have {
		return
	}
	sub, at, err := a.srv.node.Subscribe(ctx, id, session.Position{Since: since}, a)
	if err != nil {
		a.srv.log.Warn().Err(err).Str("session", string(id)).Msg("session not opened for an agent")
		return
	}
	a.mu.Lock()
	others := at.State.Owner != session.Human || at.State.Agent != a.me.ID
	if _, have = a.subs[id]; have || a.subs == nil || others && !watching {
		a.mu.Unlock()
		sub.Close()
		return
	}
	a.subs[id] = opened{sub, watching}
	a.mu.Unlock()
	a.head(id, at)
	sub.Start()
}

// head sends where a session stands and its events.
func (a *agent) head(id session.ID, now session.Opened) {
	head := a.session(id, now.State)
	head.T, head.Reset = "session", now.Reset
	a.send(head)
	for _, e := range now.Events {
		a.send(forAgent(id, a.me.ID, e))
	}
}

func (a *agent) drop(id session.ID) {
	a.mu.Lock()
	sub := a.subs[id]
	delete(a.subs, id)
	a.mu.Unlock()
	if sub.Subscription != nil {
		sub.Close()
	}
}

// moved lets go of a session that somebody else answers now, unless the agent watches it.
func (a *agent) moved(ctx context.Context, id session.ID, mine bool) {
	a.mu.Lock()
	// Who was only let in to help is out with the next move.
	watching := a.subs[id].watching && a.who.Account.May(agents.AgentWatch, a.me.Site)
	a.mu.Unlock()
	if !mine && !watching {
		a.drop(id)
	}
	a.seat(ctx)
}

// seat tells the console its own seat.
func (a *agent) seat(ctx context.Context) {
	desk, err := a.srv.router.Desk(ctx, a.me)
	if err != nil {
		return // the next renewal tells
	}
	a.send(wire.SeatFrame{T: "seat", Seat: seatOf(desk.Seat)})
}

func seatOf(s queue.Seat) wire.Seat {
	seat := wire.Seat{Status: string(s.Status), Capacity: s.Capacity, Load: s.Load}
	if s.Status == queue.WrapUp {
		seat.WrapMS = s.NotesLeft.Milliseconds()
	}
	return seat
}

func linesOf(lines []queue.Line) []wire.Line {
	out := make([]wire.Line, len(lines))
	for i, l := range lines {
		out[i] = wire.Line{Queue: l.Queue, Waiting: l.Waiting, LongestMS: l.Longest.Milliseconds()}
	}
	return out
}

func (a *agent) session(id session.ID, s session.State) wire.Session {
	return wire.Session{
		Session: string(id), Seq: s.Seq, Owner: string(s.Owner), Lang: s.Lang, Reason: s.Reason,
		Queue: s.Queue, WaitMS: waitOf(s, a.srv.now()).Milliseconds(),
		Number: router.TicketNumber(id), Call: callOf(s.Callback), Hours: a.hours(s.Queue),
	}
}

// hours are those of a queue, or what the site's own line about them says.
func (a *agent) hours(queue string) string {
	if text := a.srv.router.Hours(a.me.Site, queue, a.lang); text != "" {
		return text
	}
	return a.srv.sites[a.me.Site].Hours
}

// callOf is the call that a visitor waits for, if any.
func callOf(c session.Callback) *wire.Call {
	if c.Reason == "" {
		return nil
	}
	return &wire.Call{Phone: c.Phone, When: callTime(c.When), Reason: c.Reason}
}

// callTime writes from when on to call, or nothing for as soon as possible.
func callTime(ms int64) string {
	if ms == 0 {
		return ""
	}
	return moment(time.UnixMilli(ms))
}

func waitOf(s session.State, now time.Time) time.Duration {
	if s.Arrived == 0 {
		return 0
	}
	return max(0, now.Sub(time.UnixMicro(s.Arrived)))
}

// offer says whether there is somebody to call, too: an agent may not be able to just now. An offer is
// not held up by a session that cannot be read.
func (a *agent) offer(ctx context.Context, o queue.Offer) wire.Offer {
	out := wire.Offer{
		T: "offer", Offer: o.ID, Session: string(o.Session), Queue: o.Queue, Reason: o.Reason,
		Lang: o.Lang, WaitMS: o.Waited.Milliseconds(), LeftMS: o.Left.Milliseconds(), Summary: o.Summary,
		Number: router.TicketNumber(o.Session),
	}
	if s, err := a.srv.node.State(ctx, o.Session); err == nil {
		out.Call = callOf(s.Callback)
	}
	return out
}
