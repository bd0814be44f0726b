package router

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/rs/zerolog"

	"yijian/router/bot"
	"yijian/router/escalate"
	"yijian/router/queue"
	"yijian/session"
	"yijian/session/rdb"
	"yijian/session/rdb/rdbtest"
)

// These tests are inside the package because a crash between two steps is their point: they take the
// steps of a command one by one and leave out the rest, as a process that died would.

// fakeBot answers with what a test says.
type fakeBot struct {
	reply func(ctx context.Context, t bot.Turn) (bot.Reply, error)
}

func (b fakeBot) Reply(ctx context.Context, t bot.Turn) (bot.Reply, error) { return b.reply(ctx, t) }

type onePolicy struct{ policy escalate.Policy }

func (p onePolicy) Current() escalate.Policy { return p.policy }

// house is a router on real stores whose clock a test moves. Nothing runs by itself.
type house struct {
	*testing.T
	db     *rdb.DB
	router *Router
	node   *session.Node
	desk   *queue.Desk
	timers *session.Timers
	ms     *atomic.Int64 // the clock, one for all nodes on the same Redis
	asked  atomic.Int32
	began  session.ID // the last
	made   string     // the last offer
}

// The queues of a house besides the general one: with time for notes, and without a question whether
// an agent wants a ticket.
const (
	notesQueue, autoQueue = "notes", "auto"
	notesFor              = 5 * time.Second
	// awayAfter is long: visitors of a house have pages open unless a test is about those who leave.
	awayAfter = 10 * time.Minute
)

var ann = Agent{ID: "ann", Name: "Ann", Site: "demo"}

func onEveryRedis(t *testing.T, test func(h *house)) {
	t.Helper()
	for name, open := range rdbtest.Servers() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(newHouse(t, open(t)))
		})
	}
}

func newHouse(t *testing.T, db *rdb.DB) *house {
	t.Helper()
	var ms atomic.Int64
	ms.Store(1_700_000_000_000)
	return newNode(t, db, &ms)
}

// newNode is one more node on the same Redis and clock.
func newNode(t *testing.T, db *rdb.DB, ms *atomic.Int64) *house {
	t.Helper()
	h := &house{T: t, db: db, ms: ms}
	log := session.NewLog(db, h.ms.Load)
	h.node = session.NewNode(log, zerolog.Nop())
	h.desk = queue.New(db, queue.Options{NowMS: h.ms.Load, AwayAfter: awayAfter, Queues: queue.Rules{
		GeneralQueue: {}, notesQueue: {WrapUp: notesFor}, autoQueue: {AutoAccept: true, Weight: 2},
	}})
	h.router = New(Options{
		Node: h.node, Desk: h.desk, Policies: onePolicy{escalate.Default()}, Sites: []string{"demo"},
		Bot: fakeBot{func(context.Context, bot.Turn) (bot.Reply, error) {
			h.asked.Add(1)
			return bot.Reply{Text: "Within 24 hours.", Intent: "shipping", Confidence: 0.9}, nil
		}},
		Log: zerolog.Nop(), Metrics: NewMetrics(prometheus.NewRegistry()),
		Now: func() time.Time { return time.UnixMilli(h.ms.Load()).UTC() },
	})
	h.timers = session.NewTimers(log, h.router.Handlers(), zerolog.Nop())
	return h
}

func (h *house) must(err error) {
	h.Helper()
	if err != nil {
		h.Fatal(err)
	}
}

// pass moves time in small steps and lets the timers of sessions and desk do what is due.
func (h *house) pass(d time.Duration) {
	h.Helper()
	for end := h.ms.Load() + d.Milliseconds(); h.ms.Load() < end; {
		h.ms.Add(min(1000, end-h.ms.Load()))
		if h.anyDue() {
			h.must(h.timers.RunOnce(h.Context()))
		}
		h.must(h.router.answerTimers(h.Context(), "demo"))
	}
}

// begunIn is the set of partitions that the sessions of a house are in. It lies in the Redis that they
// lie in, so that all nodes know it and it goes when they go.
const begunIn = "test:begun"

// anyDue says whether the timers have anything to do, from the few partitions that can have. RunOnce asks
// all of them, which in thousands of seconds is most of what a test would wait for.
func (h *house) anyDue() bool {
	h.Helper()
	parts, err := h.db.Client.SMembers(h.Context(), begunIn).Result()
	h.must(err)
	for _, part := range parts {
		first, err := h.db.Client.ZRangeWithScores(h.Context(), "yj:"+part+":due", 0, 1).Result()
		h.must(err)
		// The first member is the mark of a partition that lives; without it there is one to revive.
		if len(first) == 0 || first[0].Score >= 0 || len(first) > 1 && int64(first[1].Score) <= h.ms.Load() {
			return true
		}
	}
	return len(parts) == 0
}

func (h *house) begin() session.ID {
	h.Helper()
	id, err := h.router.Begin(h.Context(), Arrival{Site: "demo", Lang: "en"})
	h.must(err)
	h.must(h.db.Client.SAdd(h.Context(), begunIn, rdb.Tag(rdb.PartitionOf(string(id)))).Err())
	h.began = id
	return id
}

// sit seats ann, and renews her seat as a node with her console would.
func (h *house) sit() {
	h.Helper()
	_, err := h.desk.Renew(h.Context(), "demo", queue.Sitting{Agent: "ann", Node: "n", Status: queue.Available, Capacity: 2})
	h.must(err)
}

// offered brings a new session into the line and offers it to ann.
func (h *house) offered() queue.Offer {
	h.Helper()
	h.sit()
	h.must(h.router.Human(h.Context(), h.begin(), "tap"))
	done, err := h.desk.Dispatch(h.Context(), "demo")
	h.must(err)
	offers := done.Offers
	if len(offers) != 1 {
		h.Fatalf("%d offers, want 1", len(offers))
	}
	h.made = offers[0].ID
	return offers[0]
}

// append writes a move as a process does that dies before it settles the desk.
func (h *house) append(id session.ID, a session.Append) {
	h.Helper()
	_, err := h.node.Append(h.Context(), id, a)
	h.must(err)
}

// agree checks that the desk says of a session what the session's log says.
func (h *house) agree(id session.ID, owner session.Owner, want queue.State) {
	h.Helper()
	s, err := h.node.State(h.Context(), id)
	h.must(err)
	ticket, err := h.desk.Ticket(h.Context(), "demo", id)
	h.must(err)
	if s.Owner != owner || ticket.State != want || ticket.Epoch != uint64(s.Epoch) {
		h.Errorf("session: %s at epoch %d; desk: %q at epoch %d; want %s and %q", s.Owner, s.Epoch, ticket.State, ticket.Epoch, owner, want)
	}
}

func TestAHandoffThatDiedBeforeTheDeskKnewIsSettledByItsTimer(t *testing.T) {
	t.Parallel()
	onEveryRedis(t, func(h *house) {
		id := h.begin()
		h.append(id, session.Append{Drafts: []session.Draft{handoff("m:tap", session.FromVisitor, ReasonButton)}})
		h.pass(3 * time.Second)
		h.agree(id, session.Waiting, queue.InLine)
	})
}

func TestAnAcceptThatDiedBeforeTheLogGoesBackToTheLineAndCannotReturn(t *testing.T) {
	t.Parallel()
	onEveryRedis(t, func(h *house) {
		offer := h.offered()
		taken, err := h.desk.Accept(h.Context(), "demo", "ann", offer.ID)
		h.must(err)
		before, err := h.node.State(h.Context(), taken.Session)
		h.must(err)
		h.pass(12 * time.Second)
		h.agree(taken.Session, session.Waiting, queue.InLine)
		late := session.Append{Drafts: []session.Draft{accepted(ann, int64(taken.Number))}, Epoch: int64(taken.Epoch), Offer: int64(taken.Number)}
		if _, err := h.node.Append(h.Context(), taken.Session, late); err == nil {
			h.Error("the accept that hung was taken after its ticket went back")
		}
		after, err := h.node.State(h.Context(), taken.Session)
		h.must(err)
		if after.Arrived != before.Arrived {
			h.Errorf("arrival: got %d, want %d", after.Arrived, before.Arrived)
		}
	})
}

func TestAnAcceptThatDiedAfterTheLogIsTheAgents(t *testing.T) {
	t.Parallel()
	onEveryRedis(t, func(h *house) {
		offer := h.offered()
		taken, err := h.desk.Accept(h.Context(), "demo", "ann", offer.ID)
		h.must(err)
		h.append(taken.Session, session.Append{
			Drafts: []session.Draft{accepted(ann, int64(taken.Number))}, Epoch: int64(taken.Epoch), Offer: int64(taken.Number),
		})
		h.pass(12 * time.Second)
		h.agree(taken.Session, session.Human, queue.Held)
	})
}

func TestACloseThatDiedBeforeTheDeskKnewFreesTheSeat(t *testing.T) {
	t.Parallel()
	onEveryRedis(t, func(h *house) {
		id, err := h.router.Accept(h.Context(), ann, h.offered().ID)
		h.must(err)
		h.agree(id, session.Human, queue.Held)
		h.append(id, session.Append{Drafts: []session.Draft{agentMove(ann, "bye", session.Closed, ReasonClosed)}})
		h.pass(3 * time.Second)
		h.agree(id, session.Closed, queue.Gone)
		seats, err := h.desk.Seats(h.Context(), "demo")
		h.must(err)
		if len(seats) != 1 || seats[0].Load != 0 {
			h.Errorf("seats %+v, want ann's, free", seats)
		}
	})
}

func TestSettlingTwiceIsSettlingOnce(t *testing.T) {
	t.Parallel()
	onEveryRedis(t, func(h *house) {
		id := h.offered().Session
		before, err := h.desk.Ticket(h.Context(), "demo", id)
		h.must(err)
		for range 2 {
			_, err := h.router.Settle(h.Context(), id)
			h.must(err)
		}
		after, err := h.desk.Ticket(h.Context(), "demo", id)
		h.must(err)
		if before.Version != after.Version || after.State != queue.Offered {
			h.Errorf("from version %d to %d (%s), want the offer untouched", before.Version, after.Version, after.State)
		}
	})
}

func TestATurnTakenTwiceIsOneReply(t *testing.T) {
	t.Parallel()
	onEveryRedis(t, func(h *house) {
		id := h.begin()
		_, err := h.router.VisitorMessage(h.Context(), id, Message{ClientID: "q", Text: "When is it sent?"})
		h.must(err)
		for range 2 {
			_, err := h.router.onAskTimer(h.Context(), id)
			h.must(err)
			h.must(h.router.turn(h.Context(), id))
		}
		s, err := h.node.State(h.Context(), id)
		h.must(err)
		if s.Seq != 2 || s.Ask != "" || h.asked.Load() != 1 {
			h.Errorf("at seq %d with ask %q after %d turns of the bot, want one answer", s.Seq, s.Ask, h.asked.Load())
		}
	})
}

// The turn is queued and never taken: Run is not running, as when a bot never comes back.
func TestW4ABotThatStaysSilentAMinuteIsReplacedByAPerson(t *testing.T) {
	t.Parallel()
	onEveryRedis(t, func(h *house) {
		id := h.begin()
		_, err := h.router.VisitorMessage(h.Context(), id, Message{ClientID: "q", Text: "When is it sent?"})
		h.must(err)
		h.pass(55 * time.Second)
		h.answers(id, session.Bot, "")
		h.pass(10 * time.Second)
		h.answers(id, session.Waiting, ReasonBotSilent)
		_, err = h.router.onAskTimer(h.Context(), id) // once more, as after a crash: nothing is left to do
		h.must(err)
		h.agree(id, session.Waiting, queue.InLine)
	})
}

func (h *house) answers(id session.ID, owner session.Owner, reason string) {
	h.Helper()
	s, err := h.node.State(h.Context(), id)
	h.must(err)
	if s.Owner != owner || s.Reason != reason {
		h.Errorf("owner %s for %q, want %s for %q", s.Owner, s.Reason, owner, reason)
	}
}
