package check

import (
	"encoding/json"
	"fmt"

	"yijian/cmd/yijian/torture/history"
)

// line shows a piece of a history the way its file has it, so that it is found there.
func line(e any) string {
	switch e := e.(type) {
	case string:
		return e
	case history.Entry:
		return "journal " + compact(e)
	case history.Stored:
		return "log " + compact(e)
	case history.Ticket:
		return "ticket " + compact(e)
	case history.Seat:
		return "seat " + compact(e)
	case history.Resume:
		return "resume " + compact(e)
	}
	return fmt.Sprint(e)
}

func compact(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		return fmt.Sprintf("%+v", v)
	}
	return string(b)
}
