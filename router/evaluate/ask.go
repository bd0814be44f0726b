package evaluate

import (
	"yijian/router/escalate"
	"yijian/session"
)

// AskReport says how well requests for a person are heard.
type AskReport struct {
	Overall AskFigures            `json:"overall"`
	By      map[string]AskFigures `json:"by_language"`
	// Folds are of the same messages with both thresholds chosen on four fifths and counted on the
	// fifth, in turn; absent if there are too few messages.
	Folds *AskFigures `json:"thresholds_in_folds,omitempty"`
}

// AskFigures are those of one language. The outer figures are of transfers and the inner ones of
// transfers or offers: one tap after an offer is heard as well.
type AskFigures struct {
	AskCounts
	Offer AskCounts `json:"offer"`
	// WrongOffer is the share of others that were offered a person and not transferred.
	WrongOffer Share `json:"wrong_offer"`
	// Incidents are others that reached a person because they report one, which is no false alarm.
	Incidents int `json:"incidents"`
}

// AskCounts are the figures of one action.
type AskCounts struct {
	Recall            float64 `json:"recall"`
	FalsePositiveRate float64 `json:"false_positive_rate"`
	F1                float64 `json:"f1"`
	Heard             Share   `json:"heard"`
	FalseAlarms       Share   `json:"false_alarms"`
}

// tally is what happened to the messages of one language.
type tally struct {
	transfer, offer          confusion
	wrong, others, incidents int
}

// Ask decides every message as the first of a session under the policy as it ships, whose thresholds
// are fixed, and then once more with thresholds chosen in folds. With one class only, the figure of
// the other stands at 0 of 0.
func Ask(messages []Message, seed uint64) AskReport {
	overall, by := &tally{}, map[string]*tally{}
	for _, m := range messages {
		if by[m.Lang] == nil {
			by[m.Lang] = &tally{}
		}
		d := First(m.Text)
		overall.add(d, m.Label)
		by[m.Lang].add(d, m.Label)
	}
	report := AskReport{Overall: overall.figures(), By: map[string]AskFigures{}, Folds: askInFolds(messages, seed)}
	for lang, t := range by {
		report.By[lang] = t.figures()
	}
	return report
}

// First is the decision on a session of one message that the bot answers with confidence.
func First(text string) escalate.Decision {
	return escalate.Judge(escalate.Fold([]session.Event{
		{Seq: 1, ID: "v:1", Kind: session.KindMessage, From: session.FromVisitor, Body: session.Body{Text: text}},
		{
			Seq: 2, ID: "b:v:1:0", Kind: session.KindMessage, From: session.FromBot,
			Body: session.Body{Text: "An answer.", Intent: "x", Confidence: .9},
		},
	}), escalate.Default())
}

func (t *tally) add(d escalate.Decision, asks bool) {
	safety := d.Reason == escalate.ReasonSafety
	if !asks && safety && d.Action >= escalate.Offer {
		t.incidents++
	}
	t.count(d.Action == escalate.Transfer && !safety, d.Action >= escalate.Offer && !safety, asks)
}

// count notes what became of one message; who is transferred is also offered.
func (t *tally) count(transfer, offer, asks bool) {
	t.transfer.add(transfer, asks)
	t.offer.add(offer, asks)
	if !asks {
		t.others++
		if offer && !transfer {
			t.wrong++
		}
	}
}

func (t *tally) figures() AskFigures {
	return AskFigures{counts(t.transfer), counts(t.offer), NewShare(t.wrong, t.others), t.incidents}
}

func counts(c confusion) AskCounts {
	heard, alarms := NewShare(c.tp, c.tp+c.fn), NewShare(c.fp, c.fp+c.tn)
	return AskCounts{heard.Value, alarms.Value, c.f1(), heard, alarms}
}
