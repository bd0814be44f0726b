package escalate_test

import (
	"encoding/csv"
	"errors"
	"io/fs"
	"os"
	"testing"

	"yijian/router/escalate"
	"yijian/session"
)

// devData reads columns of a file of the development data. It is no part of the repository, and so
// the figures are only checked where it lies beside it.
func devData(t *testing.T, name string, comma rune) [][]string {
	t.Helper()
	f, err := os.Open("../../../shared/data/" + name)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skipf("../shared/data/%s is not here, so its figures are not checked", name)
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.Comma, r.LazyQuotes, r.FieldsPerRecord = comma, comma == '\t', -1
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows[1:]
}

// first is the decision on a session of one message that a confident bot answers.
func first(text string) escalate.Decision {
	in := escalate.Fold([]session.Event{
		{Seq: 1, ID: "v:1", Kind: session.KindMessage, From: session.FromVisitor, Body: session.Body{Text: text}},
		{Seq: 2, ID: "b:v:1:0", Kind: session.KindMessage, From: session.FromBot, Body: session.Body{Text: "An answer.", Intent: "x", Confidence: .9}},
	})
	return escalate.Judge(in, escalate.Default())
}

func TestHardRequestsAreHeardAndLookAlikesAreNot(t *testing.T) {
	t.Parallel()
	type count struct{ n, offered, transferred int }
	counts := map[string]*count{}
	for _, r := range devData(t, "human_request.dev.tsv", '\t') {
		k := r[2] + " label " + r[1]
		if counts[k] == nil {
			counts[k] = &count{}
		}
		counts[k].n++
		// An incident leads to a person as well, but for a reason of its own.
		d := first(r[0])
		switch {
		case d.Reason == escalate.ReasonSafety:
		case d.Action == escalate.Transfer:
			counts[k].transferred++
		case d.Action == escalate.Offer:
			counts[k].offered++
		}
	}
	for _, lang := range []string{"zh", "en"} {
		pos, neg := counts[lang+" label 1"], counts[lang+" label 0"]
		recall := float64(pos.transferred+pos.offered) / float64(pos.n)
		wrong := float64(neg.transferred) / float64(neg.n)
		t.Logf("%s: of %d requests %d transferred, %d offered (recall %.3f); of %d others %d transferred (%.3f), %d offered",
			lang, pos.n, pos.transferred, pos.offered, recall, neg.n, neg.transferred, wrong, neg.offered)
		if recall < .93 || wrong > .03 {
			t.Errorf("%s: recall %.3f, want at least .93; wrong transfers %.3f, want at most .03", lang, recall, wrong)
		}
	}
}

func TestOrdinaryBankQuestionsStayWithTheBot(t *testing.T) {
	t.Parallel()
	rows := devData(t, "banking77.test.csv", ',')
	by := map[string]int{}
	for _, r := range rows {
		if d := first(r[0]); d.Action >= escalate.Offer {
			by[d.Action.String()+" "+d.Reason]++
		}
	}
	t.Logf("of %d: %v", len(rows), by)
	wrong := by["transfer words"] + by["transfer refused_bot"] + by["transfer failed_turns"]
	if share := float64(wrong) / float64(len(rows)); share > .003 {
		t.Errorf("%d of %d ordinary questions were transferred (%.4f), want at most .003", wrong, len(rows), share)
	}
}

func TestOrdinaryChineseBankQuestionsStayWithTheBot(t *testing.T) {
	t.Parallel()
	n, words := 0, 0
	for _, r := range devData(t, "bq.dev.csv", ',') {
		for _, text := range r[:2] {
			n++
			if d := first(text); d.Action == escalate.Transfer && d.Reason == escalate.ReasonWords {
				words++
			}
		}
	}
	t.Logf("of %d questions %d were taken for a request, true ones included", n, words)
	if share := float64(words) / float64(n); share > .003 {
		t.Errorf("%.4f of ordinary questions were transferred for their words, want at most .003", share)
	}
}

func TestIncidentsInBankQuestionsAreSeen(t *testing.T) {
	t.Parallel()
	incident := map[string]bool{"compromised_card": true, "lost_or_stolen_card": true, "lost_or_stolen_phone": true}
	var n, seen, asked, others, wrong int
	for _, r := range devData(t, "banking77.test.csv", ',') {
		d := first(r[0])
		hit := d.Reason == escalate.ReasonSafety
		switch {
		case !incident[r[1]]:
			others++
			wrong += one(hit && d.Action == escalate.Transfer)
		default:
			n++
			seen += one(hit && d.Action == escalate.Transfer)
			asked += one(hit && d.Action == escalate.Offer)
		}
	}
	t.Logf("of %d in the three intents %d transferred, %d offered; of %d others %d transferred", n, seen, asked, others, wrong)
	if float64(seen+asked) < .9*float64(n) || float64(seen) < .8*float64(n) || float64(wrong) > .03*float64(others) {
		t.Error("want at least .9 transferred or offered, .8 transferred, and at most .03 of the others transferred")
	}
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}
