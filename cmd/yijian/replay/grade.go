package replay

import (
	"yijian/router/bot/kb"
	"yijian/session"
	"yijian/web/wire"
)

// grades say how the bot did on the questions of one session.
type grades struct {
	// Asked are the questions that met the bot, Answered those it answered without being unsure.
	Asked, Answered int
	// Graded are the questions with a category that the bot said anything to, Right those in which it
	// understood that category.
	Graded, Right int
	// Reason is why the session went to people for the first time; empty if it never did.
	Reason string
}

// grade reads from a transcript how the bot answered the questions of a plan. A question that was
// stored when the session was with people already is none of the bot's.
func grade(questions []line, log []wire.Event) grades {
	byID := map[string]line{}
	for _, q := range questions {
		byID[q.ID] = q
	}
	var g grades
	var open *line // the question the next words of the bot answer
	owner := session.Bot
	for _, e := range log {
		switch {
		case e.Kind == string(session.KindMove):
			owner = session.Owner(e.Owner)
			if owner == session.Waiting && g.Reason == "" {
				g.Reason = e.Reason
			}
		case isMessage(e, session.FromVisitor):
			open = nil
			if q, ours := byID[e.ID]; ours && owner == session.Bot {
				open = &q
				g.Asked++
			}
		case isMessage(e, session.FromBot) && open != nil:
			g.answer(*open, e)
			open = nil
		}
	}
	return g
}

func (g *grades) answer(q line, e wire.Event) {
	if !e.Unsure {
		g.Answered++
	}
	if q.Category == "" {
		return
	}
	g.Graded++
	if e.Intent == kb.ID(q.Category) {
		g.Right++
	}
}

func (g *grades) add(o grades) {
	g.Asked += o.Asked
	g.Answered += o.Answered
	g.Graded += o.Graded
	g.Right += o.Right
}
