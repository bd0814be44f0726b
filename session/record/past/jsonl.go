package past

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// jsonLine is one conversation of a file of JSON lines: what `yijian export` writes, and what
// `yijian backtest` reads, so that either file can be imported.
type jsonLine struct {
	ID     string     `json:"id"`
	Site   string     `json:"site"`
	Lang   string     `json:"lang"`
	Queue  string     `json:"queue"`
	Reason string     `json:"reason"`
	Rating int        `json:"rating"`
	Turns  []jsonTurn `json:"turns"`

	// What an export tells besides follows from the turns.
	Owner  json.RawMessage `json:"owner"`
	Agent  json.RawMessage `json:"agent"`
	Opened json.RawMessage `json:"opened"`
	Closed json.RawMessage `json:"closed"`
}

type jsonTurn struct {
	At         string          `json:"at"`
	From       string          `json:"from"`
	Kind       string          `json:"kind"`
	Agent      string          `json:"agent"`
	Name       string          `json:"name"`
	Text       string          `json:"text"`
	Intent     string          `json:"intent"`
	Confidence float64         `json:"confidence"`
	Unsure     bool            `json:"unsure"`
	Seq        json.RawMessage `json:"seq"`
	AI         json.RawMessage `json:"ai"`
	Pace       json.RawMessage `json:"pace"`
	Owner      json.RawMessage `json:"owner"`
	Reason     json.RawMessage `json:"reason"`
	Queue      json.RawMessage `json:"queue"`
	Score      json.RawMessage `json:"score"`
	Code       json.RawMessage `json:"code"`
	Phone      json.RawMessage `json:"phone"`
}

func readJSONL(text []byte, o Options) ([]Conversation, error) {
	var all []Conversation
	var problems Problems
	first := map[string]int{}
	number := 0
	for raw := range bytes.Lines(text) {
		number++
		if raw = bytes.TrimSpace(raw); len(raw) == 0 {
			continue
		}
		c, err := o.jsonConversation(raw, number, &problems)
		if err != nil {
			problems.add(number, "%s", err)
			continue
		}
		key := c.Site + "\x00" + c.Source
		if was := first[key]; was > 0 {
			problems.add(number, "conversation %q stands in line %d already; give each an id of its own", cut(c.Source), was)
			continue
		}
		first[key] = number
		checkWhole(&problems, &c)
		all = append(all, c)
	}
	if len(all) == 0 && len(problems) == 0 {
		problems.add(0, `there are no conversations; write one a line: {"id":"1","turns":[{"from":"visitor","at":"2026-11-28T09:30:00Z","text":"…"}]}`)
	}
	return all, problems.orNil()
}

func (o Options) jsonConversation(raw []byte, number int, problems *Problems) (Conversation, error) {
	var l jsonLine
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(&l); err != nil {
		return Conversation{}, fmt.Errorf("this is not a conversation: %w; the fields are id, site, lang, queue, reason, rating "+
			"and turns of {at,from,text,agent,intent,confidence,unsure}", err)
	}
	if d.More() {
		return Conversation{}, errors.New("more follows the conversation; write one a line")
	}
	if l.ID = strings.TrimSpace(l.ID); l.ID == "" {
		return Conversation{}, errors.New("the conversation has no id; give each an id of its own")
	}
	c := Conversation{
		Source: l.ID, Site: or(l.Site, o.Site), Lang: l.Lang, Queue: l.Queue, Reason: l.Reason,
		Rating: l.Rating, Line: number,
	}
	for i, t := range l.Turns {
		if t.Kind != "" && t.Kind != "message" {
			continue
		}
		turn, err := o.jsonTurn(t)
		if err != nil {
			problems.add(number, "turn %d: %s", i+1, err)
			continue
		}
		var own Problems
		check(&own, number, turn)
		for _, p := range own {
			problems.add(number, "turn %d: %s", i+1, p.What)
		}
		c.Turns = append(c.Turns, turn)
	}
	if len(l.Turns) == 0 {
		return c, errors.New("the conversation has no turns; write what was said, or remove the line")
	}
	return c, nil
}

func (o Options) jsonTurn(t jsonTurn) (Turn, error) {
	role, ok := roleOf(t.From)
	if !ok {
		return Turn{}, fmt.Errorf("from is %q; write visitor, bot or agent", cut(t.From))
	}
	at, err := o.time(t.At)
	return Turn{
		At: at, From: role, Agent: or(t.Agent, t.Name), Text: t.Text, Intent: t.Intent,
		Confidence: t.Confidence, Unsure: t.Unsure,
	}, err
}
