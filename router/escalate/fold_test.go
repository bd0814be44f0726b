package escalate_test

import (
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yijian/router/escalate"
	"yijian/session"
)

// log builds a conversation event by event.
type log struct {
	events  []session.Event
	ask     string
	skipped time.Duration
}

func (l *log) add(e session.Event) *log {
	e.Seq = uint64(len(l.events) + 1)
	e.At = time.UnixMilli(1e12).Add(time.Duration(e.Seq)*time.Second + l.skipped)
	if e.ID == "" {
		e.ID = "s:" + strconv.FormatUint(e.Seq, 10)
	}
	l.events = append(l.events, e)
	return l
}

func (l *log) visitor(text string) *log {
	l.ask = session.VisitorEventID(strconv.Itoa(len(l.events)))
	return l.add(session.Event{ID: l.ask, Kind: session.KindMessage, From: session.FromVisitor, Body: session.Body{Text: text}})
}

func (l *log) bot(text, intent string) *log {
	return l.add(session.Event{
		ID: session.BotEventID(l.ask, 0), Kind: session.KindMessage, From: session.FromBot,
		Body: session.Body{Text: text, Intent: intent, Confidence: .9},
	})
}

func (l *log) unsure() *log {
	return l.add(session.Event{
		ID: session.BotEventID(l.ask, 0), Kind: session.KindMessage, From: session.FromBot,
		Body: session.Body{Text: "I do not know that.", Unsure: true},
	})
}

func (l *log) move(to session.Owner) *log {
	return l.add(session.Event{Kind: session.KindMove, From: session.FromVisitor, Body: session.Body{To: to}})
}

func (l *log) judge() escalate.Decision {
	return escalate.Judge(escalate.Fold(l.events), escalate.Default())
}

// want is what a test expects of a decision.
type want struct {
	action escalate.Action
	reason string
}

func TestConversationsAreDecided(t *testing.T) {
	t.Parallel()
	const sentence = "Your parcel comes within three days."
	none, words := want{}, want{escalate.Transfer, "words"}
	tests := []struct {
		name string
		log  *log
		want want
	}{
		{"nothing was said", &log{}, none},
		{"an ordinary question", new(log).visitor("我的快递到哪了").bot(sentence, "parcel"), none},
		{"a request in words", new(log).visitor("转\u200b人工"), words},
		{"a request among other words", new(log).visitor("订单没到，我要找客服"), words},
		{"a request before more was typed", new(log).visitor("转人工").visitor("快点"), words},
		{"a request that was dealt with", new(log).visitor("转人工").move(session.Waiting).move(session.Bot).visitor("查物流"), none},
		{"a person answers", new(log).visitor("hello").move(session.Waiting).move(session.Human).visitor("转人工"), none},
		{"may be a request", new(log).visitor("有人吗"), want{escalate.Offer, "words"}},
		{"a refusal of the bot", new(log).visitor("不想跟机器人聊"), want{escalate.Transfer, "refused_bot"}},
		{"an incident", new(log).visitor("我的账号被盗了"), want{escalate.Transfer, "safety"}},
		{"an incident and a request", new(log).visitor("我的卡被盗刷了，转人工"), want{escalate.Transfer, "safety"}},
		{"what if", new(log).visitor("如果手机丢了怎么办"), want{escalate.Offer, "safety"}},
		{"how to prevent it", new(log).visitor("怎么防止账号被盗"), none},
		{"one failed turn", new(log).visitor("abc").unsure(), want{escalate.Assist, "failed_turns"}},
		{"two failed turns", new(log).visitor("abc").unsure().visitor("def").unsure(), want{escalate.Transfer, "failed_turns"}},
		{"a failed turn, an answer, a failed turn", new(log).visitor("abc").unsure().visitor("def").bot(sentence, "x").visitor("ghi").unsure(), want{escalate.Assist, "failed_turns"}},
		{"the bot broke twice", new(log).visitor("abc").add(notice("bot_failed")).visitor("def").add(notice("bot_failed")), want{escalate.Transfer, "failed_turns"}},
		{"the same intent twice", new(log).visitor("where is it").bot("One moment.", "parcel").visitor("not here yet").bot("See above.", "parcel"), want{escalate.Assist, "repeated"}},
		{"the same words twice, and the same answer", new(log).visitor("我的快递到哪了").bot(sentence, "").visitor("我的快递，到哪了？").bot(sentence, ""), want{escalate.Offer, "repeated"}},
		{"three times the same", new(log).visitor("where is it").bot(sentence, "p").visitor("where is my parcel").bot(sentence, "p").visitor("where").bot(sentence, "p"), want{escalate.Transfer, "repeated"}},
		{"thanks repeat nothing", new(log).visitor("谢谢").bot("不客气", "thanks").visitor("谢谢").bot("不客气", "thanks").visitor("谢谢").bot("不客气", "thanks"), none},
		{"a greeting of the bot is no turn", new(log).bot(sentence, "").bot(sentence, ""), none},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			d := tt.log.judge()
			if got := (want{d.Action, d.Reason}); got != tt.want {
				t.Errorf("got %v, want %v; decision %+v", got, tt.want, d)
			}
		})
	}
}

func notice(code string) session.Event {
	return session.Event{Kind: session.KindNotice, From: session.FromSystem, Body: session.Body{Code: code}}
}

func TestWhoNeedsMoreTimeIsHelpedOneStepSooner(t *testing.T) {
	t.Parallel()
	once := new(log).visitor("where is it").bot("It comes within three days.", "p").visitor("where is my parcel").bot("It comes within three days.", "p")
	in := escalate.Fold(once.events)
	if d := escalate.Judge(in, escalate.Default()); d.Action != escalate.Offer {
		t.Errorf("asked twice: %v, want an offer", d.Action)
	}
	in.Assist = 2
	if d := escalate.Judge(in, escalate.Default()); d.Action != escalate.Transfer || d.Reason != "repeated" {
		t.Errorf("asked twice with large text on: %v %s, want a transfer for repeating", d.Action, d.Reason)
	}
	alone := escalate.Judge(escalate.Input{Assist: 2}, escalate.Default())
	if alone.Action != escalate.Assist || alone.Reason != "needs_more_time" || alone.Signals[0].Evidence != nil {
		t.Errorf("large text alone: %+v, want assist without evidence", alone)
	}
}

func TestSilenceCountsFromTheFirstMessageThatIsOwedAnAnswer(t *testing.T) {
	t.Parallel()
	l := new(log).visitor("a question").bot("An answer.", "x").visitor("another").visitor("hello?")
	var s escalate.Session
	for _, e := range l.events {
		s.Add(e)
	}
	now := l.events[2].At.Add(16 * time.Second)
	if got := s.Silence(now); got != 16*time.Second {
		t.Fatalf("Silence = %v, want 16s", got)
	}
	for _, tt := range []struct {
		silence time.Duration
		want    escalate.Action
	}{{14 * time.Second, escalate.Nothing}, {15 * time.Second, escalate.Offer}, {59 * time.Second, escalate.Offer}, {60 * time.Second, escalate.Transfer}} {
		in := s.Input()
		in.Silence = tt.silence
		if d := escalate.Judge(in, escalate.Default()); d.Action != tt.want || d.Action > 0 && d.Reason != "bot_silent" {
			t.Errorf("silent for %v: %v %s, want %v", tt.silence, d.Action, d.Reason, tt.want)
		}
	}
	s.Add(session.Event{Seq: 9, Kind: session.KindMove, Body: session.Body{To: session.Waiting}})
	if got := s.Silence(now); got != 0 {
		t.Errorf("Silence in line = %v, want 0", got)
	}
}

func TestFoldingStepByStepIsFoldingAtOnce(t *testing.T) {
	t.Parallel()
	l := new(log)
	var s escalate.Session
	for i := range 60 {
		l.visitor("question "+strconv.Itoa(i%7)).bot("answer number "+strconv.Itoa(i%5)+" to that", strconv.Itoa(i%5))
		for _, e := range l.events[len(l.events)-2:] {
			s.Add(e)
		}
		got := escalate.Judge(s.Input(), escalate.Default())
		if diff := cmp.Diff(l.judge(), got); diff != "" {
			t.Fatalf("after %d turns (-at once +step by step):\n%s", i+1, diff)
		}
	}
}
