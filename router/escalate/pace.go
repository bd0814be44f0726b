package escalate

import (
	"strings"

	"yijian/session"
)

// slow reports whether a message was written with trouble. It never falls when a bucket rises, and
// is used for nothing but to help sooner (DESIGN §7).
func slow(p *session.Pace) bool {
	return p != nil && (p.T >= 3 || p.T+p.Pause+p.Edits >= 6)
}

// struggles reports whether the visitor says that it is hard to see, to follow or to operate.
func struggles(t Text) bool {
	for _, w := range struggleWords {
		if strings.Contains(t.s, w) {
			return true
		}
	}
	return false
}

var struggleWords = []string{
	"看不清", "看不见", "看不到字", "字太小", "字小", "老花", "眼睛不好", "眼神不好", "不会弄", "不会用", "不会操作", "不会打字", "打字慢",
	"弄不明白", "搞不懂", "搞不明白", "看不懂", "太快了", "慢一点", "慢点说", "等我一下", "等一下我", "我打字", "年纪大", "耳朵不好",
	"cant see the text", "cant see the small", "cant see well", "cant see clearly", "cant read", "hard to read", "text is too small",
	"text too small", "letters are too small", "letters too small", "font is too small", "small print", "too fast", "slow down", "slower please",
	"dont know how to use", "do not know how to use", "bad eyes", "poor eyesight", "type slowly", "slow typer", "give me a minute",
	"give me a moment", "dont understand this", "confused by this", "hard for me",
}

// moreTime is 0–2: how much more time the visitor needs. It names no events, so that no record can
// be searched for people who need more time.
func moreTime(turns []turn) Feature {
	var f Feature
	for _, t := range turns {
		if t.struggles {
			return Feature{Value: 2}
		}
		if t.slow && f.Value < 2 {
			f.Value++
		}
	}
	return f
}
