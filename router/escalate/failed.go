package escalate

// failed counts the visitor's last messages in a row that the bot could not answer. A message that
// has no answer yet neither counts nor ends the row.
func failed(turns []turn) Feature {
	var f Feature
	from := len(turns)
	for i := len(turns) - 1; i >= 0 && turns[i].state != answered; i-- {
		if turns[i].state == unanswered {
			f.Value++
		}
		from = i
	}
	for i := range turns[from:] {
		if t := &turns[from+i]; t.state == unanswered {
			f.point(t.answerSeq)
		}
	}
	return f
}
