package escalate

import (
	"strings"
	"time"

	"yijian/session"
)

// maxTurns is how many of the visitor's last messages are looked at.
const maxTurns = 20

// Session is a conversation folded for judging. The zero value is a session nobody has spoken in;
// Add every event in the order of the log. Its size does not grow with the conversation.
type Session struct {
	owner session.Owner
	turns [maxTurns]turn
	n     int
	// latest are the visitor's last messages, by number of the message.
	latest [recent + 1]vector
	spoken int
	rarity *Rarity
	visits visits
	facts  Facts
	chosen bool // the visitor went back to the bot
}

// Facts is what is known of a visitor beside the log. All of it may only help.
type Facts struct {
	// PersonFirst says that the visitor, the site or its page wants a person before any bot. A visitor
	// who then chooses the bot has chosen otherwise.
	PersonFirst bool
	// Visits counts the visits of the last 24 hours that are in other logs.
	Visits int
}

// Know tells the session what the log cannot; before or after the events makes no difference, but
// for a choice of the bot, which outlives what was known before it.
func (s *Session) Know(f Facts) { s.facts = f }

// turn is one message of the visitor with what the bot made of it.
type turn struct {
	seq  uint64
	id   string
	at   time.Time
	text uint64 // identifies what was asked, 0 if nothing was
	// alike has bit k set if the characters are like those of the message k before.
	alike uint8

	asked, refused, safety     Level
	frustrated, complained     Level
	slow, struggles, hesitates bool

	state     turnState
	intent    string
	answer    sketch
	answerSeq uint64
	again     uint64 // seq of an earlier answer that this one gives again
}

type turnState uint8

const (
	pending    turnState = iota
	answered             // by something the bot was sure of
	unanswered           // the bot failed, or said that it does not know
)

// Weigh gives the session the rarity of what is written in the knowledge base, before the first
// event. Without it messages must be more alike to count as the same.
func (s *Session) Weigh(r *Rarity) { s.rarity = r }

// Fold is the features of a whole log.
func Fold(events []session.Event) Input {
	var s Session
	for _, e := range events {
		s.Add(e)
	}
	return s.Input()
}

// Add takes the next event of the log.
func (s *Session) Add(e session.Event) {
	switch {
	case e.Kind == session.KindMove:
		s.move(e.Body.To)
	case e.Kind == session.KindMessage && e.From == session.FromVisitor:
		s.said(e)
	case e.Kind == session.KindMessage && e.From == session.FromBot:
		s.replied(e)
	case e.Kind == session.KindNotice && e.Body.Code == "bot_failed":
		if i := s.find(e.ID); i >= 0 {
			settle(&s.turns[i], e.Seq, unanswered)
		}
	}
}

// move forgets the turns when the bot takes over again: what led to a person before is dealt with,
// and the visitor chose the bot (W6).
func (s *Session) move(to session.Owner) {
	s.owner = to
	if to == session.Bot {
		clear(s.turns[:s.n])
		s.n, s.spoken, s.chosen = 0, 0, true
	}
}

func (s *Session) said(e session.Event) {
	if s.n == maxTurns {
		copy(s.turns[:], s.turns[1:])
		s.n--
	}
	text := Normalise(e.Body.Text)
	var buf [64]token
	x, m := read(text, buf[:0]), moodOf(text)
	s.turns[s.n] = turn{
		seq: e.Seq, id: e.ID, at: e.At, text: askKey(text), alike: s.alike(text),
		asked: level(x.ask()), refused: x.refusal(), safety: safety(text),
		frustrated: frustrated(m, e.Body.Text), complained: m.complained,
		slow: slow(e.Body.Pace), struggles: m.struggles, hesitates: hesitates(m, text, e.Body.Text),
	}
	s.n++
	s.visits.said(e.Seq, e.At)
}

// alike compares a message with those just before it, and keeps it for those to come.
func (s *Session) alike(t Text) (bits uint8) {
	v := &s.latest[s.spoken%len(s.latest)]
	s.rarity.weigh(v, t)
	for back := 1; back <= min(recent, s.spoken); back++ {
		if s.rarity.alike(v, &s.latest[(s.spoken-back)%len(s.latest)]) {
			bits |= 1 << back
		}
	}
	s.spoken++
	return bits
}

func (s *Session) replied(e session.Event) {
	s.visits.seen(e.At)
	i := s.find(e.ID)
	if i < 0 {
		return // a greeting before anything was asked
	}
	t := &s.turns[i]
	if e.Body.Intent != "" {
		t.intent = e.Body.Intent
	}
	if e.Body.Unsure {
		settle(t, e.Seq, unanswered)
		return
	}
	settle(t, e.Seq, answered)
	// Of several parts the longest is the answer; the others are courtesies.
	if k := sketchOf(Normalise(e.Body.Text)); k.n >= t.answer.n {
		t.answer = k
		t.again = again(s.turns[:s.n], i)
	}
}

// settle notes how a turn ended. Once answered, it stays so: a bot may add that it knows no more.
func settle(t *turn, seq uint64, st turnState) {
	if t.state == answered {
		return
	}
	t.state, t.answerSeq = st, seq
}

// find is the turn that a bot's event answers: the one its id names, else the last; -1 before any.
func (s *Session) find(id string) int {
	for i := s.n - 1; i >= 0; i-- {
		if answers(id, s.turns[i].id) {
			return i
		}
	}
	return s.n - 1
}

// answers reports whether an event id is one of session.BotEventID for that ask.
func answers(id, ask string) bool {
	rest, ok := strings.CutPrefix(id, "b:")
	return ok && len(rest) > len(ask) && rest[len(ask)] == ':' && strings.HasPrefix(rest, ask)
}

// Silence is how long the bot has owed an answer at a time the caller gives, 0 if it owes none. It
// counts from the first message after the last answer.
func (s *Session) Silence(now time.Time) time.Duration {
	if s.owner != session.Bot && s.owner != "" {
		return 0
	}
	var longest time.Duration
	for i := s.n - 1; i >= 0 && s.turns[i].state == pending; i-- {
		longest = now.Sub(s.turns[i].at)
	}
	return max(0, longest)
}

// Input is what Judge weighs.
type Input struct {
	// Owner is who answers now; only a bot's conversation is judged. Empty means the bot.
	Owner    session.Owner
	Features [signals]Feature
	// Silence is how long the bot has owed an answer; Session.Silence tells it.
	Silence time.Duration
	// Assist is the help the visitor has switched on, 0–2. It counts as needing more time.
	Assist int
}

// Input measures the signals as they are now, at no cost but the looking.
func (s *Session) Input() Input {
	turns := s.turns[:s.n]
	in := Input{Owner: s.owner}
	in.Features[Failed] = failed(turns)
	in.Features[Repeated] = repeated(turns)
	in.Features[BotRepeated] = botRepeated(turns)
	in.Features[MoreTime] = moreTime(turns)
	in.Features[Asked] = strongest(turns, func(t *turn) Level { return t.asked })
	in.Features[Refused] = strongest(turns, func(t *turn) Level { return t.refused })
	in.Features[Safety] = strongest(turns, func(t *turn) Level { return t.safety })
	in.Features[Frustrated] = strongest(turns, func(t *turn) Level { return t.frustrated })
	in.Features[Complained] = strongest(turns, func(t *turn) Level { return t.complained })
	in.Features[Hesitated] = hesitated(turns)
	in.Features[Returned] = s.visits.returned(s.facts.Visits, &in)
	if s.facts.PersonFirst && !s.chosen {
		in.Features[PersonFirst].Value = 1
	}
	return in
}

// strongest is the clearest thing said of its kind, the newest of several, and how long ago. What
// was sure is not forgotten if more was typed before anybody judged.
func strongest(turns []turn, of func(*turn) Level) Feature {
	var f Feature
	for i := len(turns) - 1; i >= 0; i-- {
		if l := int(of(&turns[i])); l > f.Value {
			f = Feature{Value: l, Age: len(turns) - 1 - i}
			f.point(turns[i].seq)
		}
	}
	return f
}
