package queue

import (
	"strconv"
	"strings"
	"time"

	"yijian/agents"
	"yijian/session"
)

// reply is what a script returned. Missing and malformed entries read as zero: scripts and readers
// are built together, so there is no other version to guard against.
type reply []string

func (r reply) text(i int) string {
	if i >= len(r) {
		return ""
	}
	return r[i]
}

func (r reply) num(i int) uint64      { return toNum(r.text(i)) }
func (r reply) micro(i int) time.Time { return toMicro(r.text(i)) }
func (r reply) milli(i int) time.Time { return toMilli(r.text(i)) }

func (r reply) from(i int) []string {
	if i >= len(r) {
		return nil
	}
	return r[i:]
}

func toNum(s string) uint64 {
	n, _ := strconv.ParseUint(s, 10, 64)
	return n
}

func toInt(s string) int64 {
	n, err := strconv.ParseInt(s, 10, 64)
	if err == nil {
		return n
	}
	// Scores come as doubles, which Redis may write with an exponent.
	f, _ := strconv.ParseFloat(s, 64)
	return int64(f)
}

func toMicro(s string) time.Time {
	if n := toInt(s); n > 0 {
		return time.UnixMicro(n).UTC()
	}
	return time.Time{}
}

func toMilli(s string) time.Time {
	if n := toInt(s); n > 0 {
		return time.UnixMilli(n).UTC()
	}
	return time.Time{}
}

// list splits names that a script or join put together with '|'.
func list(s string) []string {
	s = strings.Trim(s, "|")
	if s == "" {
		return nil
	}
	return strings.Split(s, "|")
}

func join(names []string) string { return strings.Join(names, "|") }

func decodeTicket(id session.ID, h map[string]string) Ticket {
	t := Ticket{
		Session: id, Epoch: toNum(h["epoch"]), Since: toMicro(h["since"]), State: State(h["state"]),
		Queue: h["queue"], Lang: h["lang"], Reason: h["reason"], Summary: h["summary"],
		Preferred: h["preferred"], Weight: int(toInt(h["weight"])),
		Arrived: toMicro(h["arrived"]), HeadStart: time.Duration(toInt(h["head_ms"])) * time.Millisecond,
		Aside: Aside(h["aside"]), Seen: toMicro(h["seen"]), Callback: h["callback"] == "1",
		NotBefore: toMilli(h["not_before"]),
		Missed:    h["missed"] == "1", Agent: h["agent"], Offer: h["token"], Number: toNum(h["number"]),
		Deadline: toMilli(h["deadline"]), Excluded: list(h["excluded"]), ExcludedAt: toMicro(h["excluded_at"]),
		Version: toNum(h["ver"]), Left: session.Owner(h["owner"]),
	}
	if t.State == "" {
		t.State = Gone
	}
	return t
}

func decodeSeat(agent string, h map[string]string) Seat {
	return Seat{
		Agent: agent, Name: h["name"], Status: Status(h["status"]), Capacity: int(toInt(h["capacity"])),
		Langs: list(h["langs"]), Skills: readSkills(h["skills"]), Version: toNum(h["ver"]),
	}
}

func ids(names []string) []session.ID {
	out := make([]session.ID, len(names))
	for i, name := range names {
		out[i] = session.ID(name)
	}
	return out
}

// readSkills reads what a seat serves. One of an older version has no levels.
func readSkills(text string) []Skill {
	var out []Skill
	for _, name := range list(text) {
		if s, err := agents.ParseSkill(name); err == nil {
			out = append(out, s)
		}
	}
	return out
}
