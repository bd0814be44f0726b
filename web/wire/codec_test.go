package wire_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yijian/web/wire"
)

func TestABadFrameIsAProblemWithACode(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		frame  string
		code   wire.Code
		detail string // a part of it
	}{
		"empty":                {"", wire.BadFrame, "not a JSON object"},
		"broken":               {`{"t":"hello"`, wire.BadFrame, "unexpected end"},
		"two objects":          {`{"t":"ping"}{"t":"ping"}`, wire.BadFrame, "after top-level"},
		"an array":             {`["ping"]`, wire.BadFrame, "not a JSON object"},
		"null":                 {` null`, wire.BadFrame, "not a JSON object"},
		"no type":              {`{"text":"hi"}`, wire.BadFrame, "no frame type"},
		"type of a wrong type": {`{"t":1}`, wire.BadFrame, `"t" must be a string, not number`},
		"negative position":    {`{"t":"hello","since":-1}`, wire.BadFrame, `"since" must be a whole number from 0`},
		"score in words":       {`{"t":"rate","score":"5"}`, wire.BadFrame, `"score" must be a whole number`},
		"pace as a number":     {`{"t":"message","pace":3}`, wire.BadFrame, `"pace" must be an object`},
		"broken UTF-8":         {"{\"t\":\"message\",\"text\":\"\xff\"}", wire.BadFrame, "not UTF-8"},
		"nested without end":   {`{"t":"ping","x":` + strings.Repeat("[", 12_000), wire.BadFrame, "depth"},
		"17 KiB":               {`{"t":"message","text":"` + strings.Repeat("a", 17<<10) + `"}`, wire.TooLarge, "at most 16384"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := wire.Decode([]byte(c.frame))
			checkProblem(t, err, c.code)
			if err != nil && !strings.Contains(err.Error(), c.detail) {
				t.Errorf("got %q, want something about %q", err, c.detail)
			}
		})
	}
}

func TestAFrameWithAWrongTypeStillTellsItsID(t *testing.T) {
	t.Parallel()
	got, err := wire.Decode([]byte(`{"t":"message","text":5,"id":"m1"}`))
	checkProblem(t, err, wire.BadFrame)
	if diff := cmp.Diff(wire.In{T: "message", ID: "m1"}, got); diff != "" {
		t.Errorf("frame (-want +got):\n%s", diff)
	}
}

func TestUnknownFieldsAndUnknownFramesAreDecoded(t *testing.T) {
	t.Parallel()
	got, err := wire.Decode([]byte(`{"t":"from_the_future","id":"a","mood":{"deep":[1]}}`))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(wire.In{T: "from_the_future", ID: "a"}, got); diff != "" {
		t.Errorf("frame (-want +got):\n%s", diff)
	}
}

func TestTheLargestTextFitsIntoAFrame(t *testing.T) {
	t.Parallel()
	for _, letter := range []string{"a", "好", "\n", `"`} {
		text := strings.Repeat(letter, wire.MaxText/len(letter))
		frame := wire.Encode(wire.In{T: "message", ID: strings.Repeat("i", 64), Text: text[:wire.MaxText-200]})
		if len(frame) > wire.MaxFrame {
			t.Errorf("%d bytes of %q make a frame of %d bytes", wire.MaxText-200, letter, len(frame))
		}
	}
}

func TestWhatCannotBeEncodedBecomesAnInternalError(t *testing.T) {
	t.Parallel()
	got := wire.Encode(wire.Event{T: "event", Decision: []byte("{broken")})
	want := wire.Encode(wire.Error{T: "error", Code: wire.Internal, Message: wire.Sentence(wire.Internal, "en")})
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("frame (-want +got):\n%s", diff)
	}
}

func TestTextIsCleanedBeforeItIsStored(t *testing.T) {
	t.Parallel()
	cases := map[string]struct{ text, want string }{
		"plain":                     {"我要转人工", "我要转人工"},
		"spaces are the sender's":   {"  hello ", "  hello "},
		"tabs and newlines stay":    {"a\tb\nc", "a\tb\nc"},
		"newlines of every system":  {"a\r\nb\rc", "a\nb\nc"},
		"control characters go":     {"a\x00b\x1b[31mc\u0085", "ab[31mc"},
		"a joined emoji stays":      {"👩\u200d🔧", "👩\u200d🔧"},
		"200 blank lines stay":      {"a" + strings.Repeat("\n", 201) + "b", "a" + strings.Repeat("\n", 201) + "b"},
		"more are cut":              {"a" + strings.Repeat("\n", 5000) + "b", "a" + strings.Repeat("\n", 201) + "b"},
		"blank is also white space": {"a" + strings.Repeat("\n \t", 2000) + "\nb", "a" + strings.Repeat("\n \t", 200) + "\nb"},
		"every line with words":     {strings.Repeat("x\n", 4000), strings.Repeat("x\n", 4000)},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := wire.CheckText(c.text)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("text (-want +got):\n%s", diff)
			}
			again, err := wire.CheckText(got)
			if err != nil || again != got {
				t.Errorf("cleaning twice changed the text: %v", err)
			}
		})
	}
}

func TestTextThatCannotBeReadIsRefused(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		text string
		code wire.Code
	}{
		"empty":              {"", wire.BadText},
		"white space":        {" \n\t ", wire.BadText},
		"ideographic space":  {"\u3000", wire.BadText},
		"control characters": {"\x01\x02\x7f\u009f", wire.BadText},
		"zero width":         {"\u200b\u200e\ufeff", wire.BadText},
		"10,000 lines":       {strings.Repeat("\n", 10_000), wire.TooLarge},
		"8,000 lines":        {strings.Repeat("\n", 8_000), wire.BadText},
		"not UTF-8":          {"ok\xc3", wire.BadText},
		"a byte too long":    {strings.Repeat("a", wire.MaxText+1), wire.TooLarge},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := wire.CheckText(c.text)
			checkProblem(t, err, c.code)
			if got != "" {
				t.Errorf("got %q beside the error", got)
			}
		})
	}
}

func TestAnIDIsShortAndPlain(t *testing.T) {
	t.Parallel()
	for _, id := range []string{"a", "0190b7a4-7c1e-7d02-9c1f-0a8f5d2e6b11", "A_b-9", strings.Repeat("x", 64)} {
		if err := wire.CheckID(id); err != nil {
			t.Errorf("%q was refused: %v", id, err)
		}
	}
	for _, id := range []string{"", "a b", "a:b", "好", "a\n", strings.Repeat("x", 65)} {
		checkProblem(t, wire.CheckID(id), wire.BadID)
	}
}

// FuzzDecode throws bytes at the codec. What it accepts must survive being written and read again.
func FuzzDecode(f *testing.F) {
	for _, s := range samples(f) {
		f.Add([]byte(s.Frame))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		in, err := wire.Decode(data)
		if err != nil {
			p, ok := errors.AsType[*wire.Problem](err)
			if !ok || p.Code == "" || p.Detail == "" {
				t.Fatalf("the error is not a whole Problem: %#v", err)
			}
			return
		}
		again, err := wire.Decode(wire.Encode(in))
		if err != nil && len(wire.Encode(in)) <= wire.MaxFrame {
			t.Fatalf("a frame that was read cannot be read again: %v", err)
		}
		if diff := cmp.Diff(in, again); err == nil && diff != "" {
			t.Fatalf("frame changed (-first +second):\n%s", diff)
		}
		clean, err := wire.CheckText(in.Text)
		if err != nil {
			return
		}
		if twice, err := wire.CheckText(clean); err != nil || twice != clean {
			t.Fatalf("cleaning %q is not settled after once: %v", in.Text, err)
		}
	})
}

func checkProblem(t *testing.T, err error, code wire.Code) {
	t.Helper()
	p, ok := errors.AsType[*wire.Problem](err)
	if !ok {
		t.Errorf("got %v, want a problem with %s", err, code)
		return
	}
	if p.Code != code {
		t.Errorf("got %s (%s), want %s", p.Code, p.Detail, code)
	}
}
