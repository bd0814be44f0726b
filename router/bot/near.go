package bot

import "yijian/router/bot/kb"

// What other connectors need of the knowledge: a model that is asked what a question is about makes it up.

// Known is a piece of knowledge as it is written for readers of one language.
type Known struct{ Question, Answer string }

// Near is the knowledge that a text may be about, likeliest first, in the language it is asked in.
func (f *FAQ) Near(tag, text string, n int) []Known {
	lang := language(text, tag)
	m, ok := f.models[lang]
	if !ok {
		return nil
	}
	var out []Known
	for _, id := range m.Nearest(text, n, 0) {
		if in := f.entries[id].In(lang); in != nil && len(in.Questions) > 0 {
			out = append(out, Known{Question: in.Questions[0], Answer: in.Answer})
		}
	}
	return out
}

// About names the entry that a text is about and how likely that is; nothing if it is about none.
func (f *FAQ) About(tag, text string) (id string, confidence float64) {
	if p := f.Predict(tag, text); f.familiar(p) {
		return p.Intent, p.Confidence
	}
	return "", 0
}

// Unsure is the admission that the bot does not know, in the language of a text or of its visitor.
func Unsure(tag, text string) string { return unsure[language(text, tag)] }

// Chinese reports whether a text is to be answered in Chinese.
func Chinese(tag, text string) bool { return language(text, tag) == kb.Chinese }
