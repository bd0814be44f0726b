package escalate

// botRepeated counts the answers that the bot had given before in this conversation.
func botRepeated(turns []turn) Feature {
	var f Feature
	for i, t := range turns {
		for _, u := range turns[:i] {
			if t.state == answered && t.answer != 0 && t.answer == u.answer {
				f.Value++
				f.Age = len(turns) - 1 - i
				f.point(u.answerSeq)
				f.point(t.answerSeq)
				break
			}
		}
	}
	return f
}

// shortAnswer is the length in bytes up to which a bot may well say the same twice: eight Chinese
// characters, 24 letters.
const shortAnswer = 24

// answerKey identifies an answer of the bot, 0 if it is too short to matter.
func answerKey(t Text) uint64 {
	if len(t.s) <= shortAnswer {
		return 0
	}
	return t.key()
}
