package escalate

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"yijian/session"
)

func FuzzWords(f *testing.F) {
	for _, s := range []string{
		"", "🙂", "转\u200b人工", "我要 人 工", "talk to a human, not a bot", "人\xff工", "a b c d e", "的的的的", "ai客服",
		strings.Repeat("人", 5000), strings.Repeat("a", 16<<10), strings.Repeat("not ", 3000), strings.Repeat("转 ", 4000),
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		text := Normalise(s)
		if !utf8.ValidString(text.s) || strings.Contains(text.s, "  ") {
			t.Errorf("Normalise(%q) = %q", s, text.s)
		}
		if score := AskScore(text); score < 0 || score > 1 {
			t.Errorf("AskScore(%q) = %v", s, score)
		}
		for _, l := range []*lexicon{askWords, safetyWords, moodWords} {
			at := int32(0)
			for _, k := range l.cut(text, nil) {
				if k.from < at || k.to <= k.from || int(k.to) > len(text.s) {
					t.Fatalf("%q: token %+v after %d", text.s, k, at)
				}
				at = k.to
			}
		}
		read(text, nil).refusal()
		safety(text)
		hesitates(moodOf(text), text, s)
		frustrated(moodOf(text), s)
	})
}

func FuzzJudge(f *testing.F) {
	f.Add("转人工", "rvuvb", []byte(`{}`), int64(0), 0)
	f.Add("到哪了", "vavavumwv", []byte(`{"failed_turns":-1,"fade_over":0,"points":{"failed":[0,-9,9,9]}}`), int64(1e10), 7)
	f.Fuzz(func(t *testing.T, text, script string, policy []byte, silence int64, assist int) {
		p := Default()
		if json.Unmarshal(policy, &p) != nil {
			p = Policy{}
		}
		var s Session
		for i, c := range script {
			s.Add(scripted(i, c, text))
		}
		in := s.Input()
		in.Silence, in.Assist = time.Duration(silence), assist
		d := Judge(in, p)
		b, err := json.Marshal(d)
		if err != nil {
			t.Fatal(err)
		}
		var back Decision
		if err := json.Unmarshal(b, &back); err != nil {
			t.Fatalf("%s: %v", b, err)
		}
		if (d.Action > Nothing) != (d.Explain("zh-CN") != "") || (d.Action > Nothing) != (d.Reason != "") {
			t.Errorf("action %v, reason %q, sentence %q", d.Action, d.Reason, d.Explain("zh-CN"))
		}
		bots := in.Owner == session.Bot || in.Owner == ""
		if bots && s.n > 0 && s.turns[s.n-1].asked == Sure && d.Action != Transfer {
			t.Errorf("%q asked for a person and got %v", text, d.Action)
		}
	})
}

// scripted is the event that one letter of a fuzzed script stands for.
func scripted(i int, c rune, text string) session.Event {
	e := session.Event{Seq: uint64(i + 1), Kind: session.KindMessage, At: time.UnixMilli(int64(i)), ID: "x"}
	switch c {
	case 'v':
		e.From, e.Body.Text = session.FromVisitor, text
	case 'r':
		e.From, e.Body.Text, e.Body.Pace = session.FromVisitor, "again", &session.Pace{T: 4, Pause: -3, Edits: 1 << 30}
	case 'a':
		e.From, e.Body.Text, e.Body.Intent = session.FromBot, text, "i"
	case 'u':
		e.From, e.Body.Unsure = session.FromBot, true
	case 'b':
		e.Kind, e.Body.To = session.KindMove, session.Bot
	case 'w':
		e.Kind, e.Body.To = session.KindMove, session.Waiting
	case 'm':
		e.Kind, e.Body.Code = session.KindNotice, "bot_failed"
	default:
		e.Kind = session.KindRead
	}
	return e
}

// FuzzPolicy reads policies that somebody wrote: no panic, and what can be read and holds the floors is
// the same policy again after writing it.
func FuzzPolicy(f *testing.F) {
	whole, err := json.Marshal(Default())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole)
	for _, text := range []string{
		`{}`, `null`, `{"points":null}`, `{"points":{"failed":[0,30,60,1e99]}}`, `{"points":{"failed":[0,-1,60,100]}}`, `{"assist_at":NaN}`,
		`{"bot_silent_offer_ms":9223372036854775807}`, `{"always":{"button":false}}`, `{"points":{"asked":[]}}`, `[1]`,
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		var p Policy
		if json.Unmarshal(body, &p) != nil {
			return
		}
		p.Version = 1
		if p.Validate() != nil {
			Judge(Input{Silence: time.Hour}, p) // holds the floors all the same
			return
		}
		again, err := json.Marshal(p)
		if err != nil {
			t.Fatal(err)
		}
		var back Policy
		if err := json.Unmarshal(again, &back); err != nil || back != p || back.Hash() != p.Hash() {
			t.Errorf("%s read back as %+v (%v), want %+v", again, back, err, p)
		}
	})
}
