package escalate_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yijian/router/escalate"
	"yijian/session"
)

const (
	parcel  = "您的包裹三天之内会送到您手上，请您放心等候。"
	invoice = "发票在订单页面的右下角可以下载，也可以寄给您。"
)

// value is a signal of a conversation as Judge sees it.
func (l *log) value(s escalate.Signal) int { return escalate.Fold(l.events).Features[s].Value }

// later moves the clock of the conversation on.
func (l *log) later(d time.Duration) *log { l.skipped += d; return l }

func TestAngerAloneAsksFirst(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"气死我了", "氣死人了", "this is ridiculous"} {
		d := new(log).visitor(text).judge()
		if d.Action != escalate.Offer || d.Reason != escalate.ReasonFrustrated || d.Rule {
			t.Errorf("%s: got %v for %s, want an offer for frustrated", text, d.Action, d.Reason)
		}
	}
	d := new(log).visitor("到哪了").bot(parcel, "p").visitor("到哪了").bot(parcel, "p").visitor("气死我了").judge()
	if d.Action != escalate.Transfer {
		t.Errorf("anger after the same answer twice: %v, want a transfer", d.Action)
	}
}

func TestAComplaintAndAnAppealAreOfferedAPerson(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"我要投诉", "我要客訴", "I want to appeal this decision"} {
		if d := new(log).visitor(text).judge(); d.Action != escalate.Offer || d.Reason != escalate.ReasonComplaint {
			t.Errorf("%s: got %v for %s, want an offer for complaint", text, d.Action, d.Reason)
		}
	}
}

func TestTheThirdVisitCountsOnlyForWhoIsNotContent(t *testing.T) {
	t.Parallel()
	thrice := func(between time.Duration, last string) *log {
		return new(log).visitor("到哪了").bot(parcel, "p").later(between).visitor("发票呢").bot(invoice, "i").
			later(between).visitor(last).bot("礼品卡在结账的时候输入卡号就可以用了。", "g")
	}
	for _, c := range []struct {
		name string
		log  *log
		want int
	}{
		{"three visits, not content", thrice(2*time.Hour, "到底要等多久"), 1},
		{"three visits, content", thrice(2*time.Hour, "礼品卡怎么用"), 0},
		{"one long visit", thrice(20*time.Minute, "到底要等多久"), 0},
		{"three visits in three days", thrice(23*time.Hour, "到底要等多久"), 0},
	} {
		if got := c.log.value(escalate.Returned); got != c.want {
			t.Errorf("%s: got %d, want %d", c.name, got, c.want)
		}
	}
	var s escalate.Session
	s.Know(escalate.Facts{Visits: 2})
	for _, e := range new(log).visitor("怎么还没到，太慢了").events {
		s.Add(e)
	}
	if d := escalate.Judge(s.Input(), escalate.Default()); d.Action != escalate.Offer || d.Reason != escalate.ReasonReturned {
		t.Errorf("two visits in other logs: %v for %s, want an offer for returned", d.Action, d.Reason)
	}
}

func TestHesitationCountsAfterAnAnswerOnly(t *testing.T) {
	t.Parallel()
	l := new(log).visitor("没太明白").bot(invoice, "i").visitor("什么意思").bot(parcel, "p").visitor("？")
	in := escalate.Fold(l.events)
	f := in.Features[escalate.Hesitated]
	if f.Value != 2 || f.Age != 0 {
		t.Errorf("got %d, %d ago, want 2 and now", f.Value, f.Age)
	}
	if diff := cmp.Diff([]uint64{2, 3, 4, 5}, f.Evidence()); diff != "" {
		t.Errorf("evidence (-want +got):\n%s", diff)
	}
}

func TestWhoeverWantsAPersonFirstGetsOneUntilTheyChooseTheBot(t *testing.T) {
	t.Parallel()
	var s escalate.Session
	s.Know(escalate.Facts{PersonFirst: true})
	for _, e := range new(log).visitor("发票怎么开").events {
		s.Add(e)
	}
	d := escalate.Judge(s.Input(), escalate.Policy{})
	if d.Action != escalate.Transfer || d.Reason != escalate.ReasonPersonFirst || !d.Rule {
		t.Errorf("got %v for %s, want a transfer by rule", d.Action, d.Reason)
	}
	s.Add(session.Event{Kind: session.KindMove, Body: session.Body{To: session.Waiting}})
	s.Add(session.Event{Kind: session.KindMove, Body: session.Body{To: session.Bot}})
	if d := escalate.Judge(s.Input(), escalate.Default()); d.Action != escalate.Nothing {
		t.Errorf("after choosing the bot: %v, want none", d.Action)
	}
}

func TestAnySignOfTroubleInTypingNeedsMoreTime(t *testing.T) {
	t.Parallel()
	for _, p := range []session.Pace{{T: 3}, {Pause: 4}, {Edits: 4}, {T: 2, Pause: 2, Edits: 2}} {
		l := new(log).visitor("发票怎么开")
		l.events[0].Body.Pace = &p
		if got := l.value(escalate.MoreTime); got != 1 {
			t.Errorf("%+v: got %d, want 1", p, got)
		}
	}
}

func TestStrangeMessagesAreJudgedLikeAnyOther(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"", " ", "🙂", "👨‍👩‍👧", "\u202e\u200b", "\xff\xfe", "。", "0", strings.Repeat("啊", 16<<10/3), strings.Repeat("a", 16<<10),
		strings.Repeat("!", 16<<10), strings.Repeat("ﷺ", 5<<10), "ok好的ﾃｽﾄ тест اختبار", strings.Repeat("(a+)+$", 2700),
	} {
		l := new(log).visitor(text).bot(parcel, "p").visitor(text)
		if d := l.judge(); d.Action == escalate.Transfer {
			t.Errorf("%.20q: %v for %s, want no transfer", text, d.Action, d.Reason)
		}
	}
	if d := new(log).visitor("转\u200b人\u2060工").judge(); d.Action != escalate.Transfer {
		t.Errorf("invisible characters hid a request: %v", d.Action)
	}
}
