package router

import (
	"encoding/json"
	"hash/fnv"
	"strconv"

	"yijian/router/escalate"
	"yijian/session"
)

// GeneralQueue is the line a handoff joins unless something says otherwise.
const GeneralQueue = "general"

// Reasons of moves, as the wire says them.
const (
	ReasonButton      = "button"
	ReasonFirstHuman  = "first_human"
	ReasonBot         = "bot"
	ReasonBotSilent   = "bot_silent"
	ReasonReopened    = "reopened"
	ReasonAccepted    = "accepted"
	ReasonEnded       = "ended"
	ReasonBackToBot   = "back_to_bot"
	ReasonClosed      = "closed_by_agent"
	ReasonReleased    = "released"
	ReasonTransferred = "transferred"
	ReasonTakenOver   = "taken_over"
	ReasonCallback    = "callback"
	ReasonAgentLost   = "agent_lost"
	ReasonRepaired    = "repaired"
	ReasonIdle        = "idle"
)

// handoff is the move into the line.
func handoff(id string, by session.Role, reason string) session.Draft {
	return session.Draft{
		ID: id, Kind: session.KindMove, From: by,
		Body: session.Body{To: session.Waiting, Reason: reason, Queue: GeneralQueue},
	}
}

// decided is the event that records a decision, with everything that explains it (invariant 10).
func decided(id string, d escalate.Decision, lang string) (session.Draft, error) {
	record, err := json.Marshal(d)
	if err != nil {
		return session.Draft{}, err
	}
	return session.Draft{
		ID: id, Kind: session.KindDecision, From: session.FromSystem,
		Body: session.Body{
			Text: d.Explain(lang), Reason: d.Reason, Action: d.Action.String(), Offer: offerOf(id, d), Decision: record,
		},
	}, nil
}

// offerOf names the question that a decision asks, if it asks one: a name that a frame may carry, fixed
// before the first try to store it.
func offerOf(id string, d escalate.Decision) string {
	if d.Action != escalate.Offer {
		return ""
	}
	h := fnv.New64a()
	_, _ = h.Write([]byte(id))
	return "of-" + strconv.FormatUint(h.Sum64(), 36)
}

// epochName makes the ids of what may happen once while the same one answers.
func epochName(s session.State) string { return strconv.FormatInt(s.Epoch, 10) }
