package escalate

import "testing"

func TestTextIsNormalisedOnce(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, in, want string }{
		{"empty", "", ""},
		{"only an emoji", "🙂", ""},
		{"only marks", "?!。、", ""},
		{"full-width letters and case", "ＡＧＥＮＴ Please", "agent please"},
		{"zero-width space inside a word", "转\u200b人工", "转人工"},
		{"bidi controls", "\u202eagent\u202c", "agent"},
		{"combining marks piled up", "a\u0338\u0338gent", "agent"},
		{"traditional characters", "請幫我轉真人客服", "请帮我转真人客服"},
		{"marks swallow spaces", "人工 ， 快 ！", "人工,快"},
		{"apostrophes vanish", "I don’t, I don't", "i dont,i dont"},
		{"hyphens part words", "in-person", "in person"},
		{"spaced letters", "h u m a n", "human"},
		{"control characters", "人工\x00\x07bot\tc", "人工 bot c"},
		{"bytes that are not UTF-8", "人\xff工", "人 工"},
		{"Kangxi radical for 工", "人⼯", "人工"},
	}
	for _, tt := range tests {
		if got := Normalise(tt.in).String(); got != tt.want {
			t.Errorf("%s: Normalise(%q) = %q, want %q", tt.name, tt.in, got, tt.want)
		}
	}
}

func TestKeyIgnoresSpacesAndMarks(t *testing.T) {
	t.Parallel()
	a, b := Normalise("我的订单，到哪了？").key(), Normalise("我的 订单到哪了").key()
	if a != b || a == 0 {
		t.Errorf("keys %x and %x, want the same and not 0", a, b)
	}
	if k := Normalise("？ 🙂").key(); k != 0 {
		t.Errorf("key of nothing = %x, want 0", k)
	}
}
