package bot

import (
	"strings"
	"unicode"

	"yijian/router/bot/kb"
)

// unsure is the admission that the bot does not know, by language.
var unsure = map[string]string{
	kb.Chinese: "这个问题我还不会回答，您可以点“转人工”，请客服人员帮您。",
	kb.English: "I'm sorry, I don't know the answer to that, but a person can help you.",
}

// fewWords is how many words in an alphabet a Chinese reader types without meaning to change the
// language: a brand, a model, "ok thanks".
const fewWords = 2

// language returns the language to answer a text in: the one it is written in, or the visitor's
// where the text does not tell.
func language(text, tag string) string {
	if strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		return kb.Chinese
	}
	words := 0
	for w := range strings.FieldsSeq(text) {
		if strings.ContainsFunc(w, func(r rune) bool { return unicode.Is(unicode.Latin, r) }) {
			words++
		}
		if words > fewWords {
			return kb.English
		}
	}
	return kb.Language(tag)
}
