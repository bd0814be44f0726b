package intent

import (
	"strings"
	"unicode/utf8"
)

// courtesies are how a question in Chinese is opened politely. They say nothing about what is asked, but
// in a short question, and beside a knowledge base of a few entries, they weigh as much as what does.
// Those that begin with another come before it.
var courtesies = []string{
	"请问一下", "请问下", "请问", "我想问一下", "我想问下", "我想问", "想问一下", "想问下", "想问",
	"麻烦问一下", "麻烦问下", "麻烦问", "问一下", "问下", "打扰一下", "打扰了", "劳驾",
	"您好啊", "你好啊", "您好", "你好",
}

// least is how many characters must be left of a question: 您好 alone is a greeting.
const least = 2

// plainly takes the courtesies off the beginning of a normalised sentence.
func plainly(text string) string {
	for {
		rest := text
		for _, c := range courtesies {
			if after, ok := strings.CutPrefix(text, c); ok && utf8.RuneCountInString(after) >= least {
				rest = after
				break
			}
		}
		if rest == text {
			return text
		}
		text = rest
	}
}
