package check

import (
	"fmt"
	"strconv"
	"strings"

	"yijian/session"
)

// botIsSilentAfterAHandoff is invariant 3: between a handoff and the visitor's return to the bot there
// is no event of a bot, and what a bot says answers the ask that is open.
func botIsSilentAfterAHandoff(t *talk, found report) {
	asks := t.openAsks()
	for i, e := range t.log.Events {
		if e.From != session.FromBot {
			continue
		}
		ask, ok := askOf(e.ID)
		switch owner := t.before[i].Owner; {
		case owner != session.Bot:
			found(fmt.Sprintf("event %d is the bot's, while the owner is %s.", e.Seq, owner), e)
		case !ok:
			found(fmt.Sprintf("event %d is the bot's, and its id %s names no ask.", e.Seq, e.ID), e)
		case ask != asks[i]:
			found(fmt.Sprintf("event %d answers the ask %s, but %q was open.", e.Seq, ask, asks[i]), e)
		}
	}
}

// askOf takes the ask out of the id of a bot's event, b:<ask>:<n>.
func askOf(id string) (ask string, ok bool) {
	rest, ok := strings.CutPrefix(id, "b:")
	cut := strings.LastIndexByte(rest, ':')
	if !ok || cut <= 0 {
		return "", false
	}
	_, err := strconv.ParseUint(rest[cut+1:], 10, 32)
	return rest[:cut], err == nil
}
